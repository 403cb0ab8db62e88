"""Beam graphs, one page each, and their transforms."""

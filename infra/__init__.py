"""Runs it: the embedded broker."""

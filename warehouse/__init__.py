"""Stores and serves: catalog, landing, views, maintenance."""

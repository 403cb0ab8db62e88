"""The front door: command line, configuration, dashboard. Imports every room."""

__version__ = "0.1.0"

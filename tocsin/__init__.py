"""The front door: command line, configuration, dashboard. Imports every room."""

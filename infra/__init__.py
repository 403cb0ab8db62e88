"""Runs it: the embedded broker. Imported by the front door and by tests; knows `schemas` alone of the other rooms."""

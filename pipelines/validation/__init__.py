"""Validation: the suites of schemas/expectations, compiled for the stream, with Great Expectations as their judge."""

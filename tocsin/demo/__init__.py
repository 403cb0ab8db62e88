"""The bundled sample: articles that we wrote for the demo, and records that are no articles."""

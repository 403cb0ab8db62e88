"""Touches the outside: Kafka in, files to Kafka."""

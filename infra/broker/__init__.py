"""The embedded broker: a real Apache Kafka on this machine's loopback, for a laptop, the demo and the tests."""

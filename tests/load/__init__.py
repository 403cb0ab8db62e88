"""Measurements of a running stream: latency, memory, processor time. Programs, not tests: each prints what it saw."""

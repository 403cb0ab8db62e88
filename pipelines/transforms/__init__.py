"""The named transforms between reading and landing; each takes one Batch and hands on one."""

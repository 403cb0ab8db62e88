"""Events: from trigger words to mentions, from mentions to happenings, from happenings to ACLED's sub-event types."""

"""`tocsin evaluate`: codes articles, compares them with their gold, and shows it as tables, JSON and a page."""

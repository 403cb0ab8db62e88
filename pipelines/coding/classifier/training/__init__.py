"""Trains the sentence classifier. Needs the dependency group `train`; nothing else imports it."""

"""What holds for every test: how hypothesis judges time."""

from hypothesis import HealthCheck, settings

# A first run in a fresh clone builds tables of characters, and coverage and a busy machine slow the rest: neither
# the time of one example nor that of drawing it says anything about our code.
settings.register_profile("tocsin", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("tocsin")

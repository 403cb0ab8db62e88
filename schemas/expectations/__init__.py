"""What must be true of articles and reports, as Great Expectations suites.

`articles.json` and `reports.json` are Great Expectations' own JSON and are what runs: the stream compiles them, the
judge loads them unchanged. They are written from `articles.py` and `reports.py` by `python -m schemas.expectations`,
so that the vocabularies stand in one place (taxonomy, actors, countries); a test holds the files fresh.

An expectation is named after the fault that it finds (`country_missing`): the name is what a reader meets in a
reject's `expectations` or in a report's `quality_flags`.
"""

"""Articles to measure with: a file of JSON lines named by TOCSIN_BENCH_ARTICLES, else the demo's, with new ids.

The demo's are short and nearly all tell of an event: a mixed stream is faster in events and slower in text.
"""

import json
import os
from importlib.resources import files
from pathlib import Path

VARIABLE = "TOCSIN_BENCH_ARTICLES"


def lines(at_least: int = 1_000) -> list[bytes]:
    """Articles as JSON lines, each once; the demo's are repeated under new ids up to `at_least`."""
    if named := os.environ.get(VARIABLE):
        return [line for line in Path(named).read_bytes().splitlines() if line.strip()]
    sample = [
        json.loads(line) for line in files("tocsin.demo").joinpath("articles.jsonl").read_bytes().splitlines()
    ]
    rounds = -(-at_least // len(sample))
    return [
        json.dumps({**article, "article_id": f"bench-{n}-{m}"}).encode()
        for n in range(rounds)
        for m, article in enumerate(sample)
    ]

"""The whole pipeline on a real broker and lake: articles a second, and every stage's time an article."""

import tempfile
import time
from pathlib import Path

from benches.articles import lines
from benches.figures import Figure
from connectors.ends import log_ends
from connectors.publish import publish_lines
from connectors.settings import KafkaSettings
from connectors.topics import create_topic
from infra.broker.ports import free_port
from infra.broker.server import Broker
from pipelines import drain, ingest
from pipelines.board import BOARD
from pipelines.job import Job
from pipelines.transforms.code_reports import shared_coder
from warehouse.settings import LakeSettings

# Waiting for records is no work.
NOT_WORK = ("ReadArticles",)
CODER = "CodeReports"


def run() -> list[Figure]:
    """Publishes, streams until caught up, and reads the board."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Broker(folder / "broker", free_port(), owned=True) as broker:
            kafka = KafkaSettings(bootstrap_servers=broker.bootstrap_servers, topic="bench")
            create_topic(kafka, 3)
            publish_lines(kafka, lines())
            return _stream(Job(kafka=kafka, lake=LakeSettings(folder=str(folder / "lake"))))


def _stream(job: Job) -> list[Figure]:
    shared_coder(job.coder)  # a stream loads it once in its life
    until = {key: end for key, (_, end) in log_ends(job.kafka).items()}
    drain.clear()
    BOARD.clear()
    began = time.perf_counter()
    ingest.run(job, until)
    seconds = time.perf_counter() - began
    passed = sum(BOARD.counts[name] for name in ("articles", "skips", "rejects"))
    figures = [
        Figure("pipeline: whole", passed / seconds, "articles/s"),
        Figure("pipeline: Batches", BOARD.counts["batches"], "Batches"),
        Figure("pipeline: articles a Batch", passed / max(BOARD.counts["batches"], 1), "articles"),
    ]
    stages = {name: s for name, s in BOARD.stage_seconds.items() if name not in NOT_WORK}
    figures += [Figure(f"pipeline: {name}", 1e3 * s / passed, "ms/article") for name, s in stages.items()]
    outside = sum(s for name, s in stages.items() if name != CODER)
    figures.append(Figure("pipeline: outside the coder", 1e3 * outside / passed, "ms/article", "at most 2"))
    landing = BOARD.stage_seconds["Land"] / max(BOARD.counts["batches"], 1)
    figures.append(Figure("landing: one commit", 1e3 * landing, "ms", "10 to 30"))
    return figures

"""Settings of the graphs: bounds on an article, and how the stream is paced."""

from dataclasses import dataclass

from schemas.columns import column


@dataclass(frozen=True, slots=True)
class ParseSettings:
    """Bounds on one article: it is hostile until it has passed them (DESIGN section 10)."""

    max_record_bytes: int = column(
        "Largest record that is parsed; larger ones are rejected.", default=8_000_000
    )
    max_text_chars: int = column(
        "Longest text. The longest newspaper pieces have 200,000 characters.", default=1_000_000
    )
    max_html_tags: int = column(
        "Most tags in an HTML page: beyond it extraction takes seconds. News pages have under 10,000.",
        default=50_000,
    )
    max_title_chars: int = column("Longest title.", default=2_000)
    max_field_chars: int = column("Longest id, URL, source or language.", default=4_096)
    max_extra_bytes: int = column("Most bytes of unknown fields that are kept.", default=65_536)


@dataclass(frozen=True, slots=True)
class RunSettings:
    """How the stream runs."""

    generation_minutes: float = column(
        "After this long the graph is drained and built anew, so that nothing kept per bundle can pile up.",
        default=15.0,
    )
    drain_seconds: float = column("How long a drain may take before the run says so.", default=5.0)
    sample_judge_seconds: float = column(
        "Great Expectations judges one healthy Batch in this many seconds.", default=60.0
    )
    maintain: bool = column("Flush and merge between Batches.", default=True)
    english_only: bool = column("Skip articles in other languages (the coder knows English).", default=True)

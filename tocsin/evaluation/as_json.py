"""The figures as one JSON object."""

from typing import Any

import orjson

from pipelines.evaluating.figures import Figures
from pipelines.evaluating.share import Share


def as_json(figures: Figures) -> bytes:
    """Indented JSON; every share as its percentage, interval, number right and n."""
    return orjson.dumps(_object(figures), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _object(figures: Figures) -> dict[str, Any]:
    return {
        "articles": figures.articles,
        "events": {
            "precision": _share(figures.precision),
            "recall": _share(figures.recall),
            "f1_percent": _rounded(figures.f1),
            "silent": _share(figures.silent),
        },
        "columns": {c.name: {"of_all": _share(c.of_due), "of_found": _share(c.of_found)} for c in figures.columns},
        "sub_event_types": {
            t.sub_event_type.value: {"found": _share(t.found), "recall": _share(t.recall), "precision": _share(t.precision)}
            for t in figures.types
        },
        "calibration": {
            "error_points": _rounded(figures.calibration.error),
            "bins": [
                {"low": b.low, "high": b.high, "stated": round(b.stated, 4), "right": _share(b.share)}
                for b in figures.calibration.bins
            ],
        },
    }  # fmt: skip


def _share(share: Share) -> dict[str, Any]:
    bounds = share.interval
    return {
        "percent": _rounded(share.percent),
        "interval": [round(bound, 2) for bound in bounds] if bounds else None,
        "right": share.right,
        "n": share.of,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)

"""The judge: Great Expectations itself, running the very JSON that the stream's predicates were compiled from.

Costs about 10 ms an expectation and run, whatever the rows, and 3 to 4 s for its import, once a process. So it is
loaded when it is first needed and runs in two passes: the whole suite for yes or no, then only what failed, for the
rows. Runs go through the validator that Great Expectations' own `ValidationDefinition.run` uses, without storing
results: stored ones grow by 100 KB a run for ever (the context keeps them in memory).
"""

import json
import logging
import os
import threading
import warnings
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from pipelines.validation.compiled import Failures

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the judge says of a frame: rows that fail, by expectation, and expectations it could not judge, with why."""

    failures: Failures
    unjudged: Mapping[str, str]


class Judge:
    """Great Expectations with the suites of these JSON texts. Safe to call from several threads: one run at a time."""

    def __init__(self, suites: Mapping[str, str]) -> None:
        self._texts = dict(suites)
        self._lock = threading.Lock()
        self._suites: dict[str, LoadedSuite] = {}
        self._loading: threading.Thread | None = None

    def ready(self) -> bool:
        """Whether a verdict would come without the wait of loading; the first call starts to load in the background."""
        if not self._suites and self._loading is None:
            self._loading = threading.Thread(target=self._load_quietly, name="load-judge", daemon=True)
            self._loading.start()
        return bool(self._suites)

    def verdict(self, suite: str, frame: pa.RecordBatch, only: Collection[str] = ()) -> Verdict:
        """The verdict on the expectations named by `only`, or on every one of the suite.

        Loads Great Expectations where that is still to do (3 to 4 s, once a process).
        """
        with self._lock:
            self._load()
            return self._suites[suite].verdict(frame, only)

    def _load_quietly(self) -> None:
        with self._lock:
            try:
                self._load()
            except Exception:
                # a sample is only put off; the next failing Batch meets the same error and raises it
                LOG.exception("Great Expectations could not be loaded")

    def _load(self) -> None:
        if not self._suites:
            source = pandas_source()
            self._suites = {
                name: LoadedSuite(text, batch_definition(source, name)) for name, text in self._texts.items()
            }


class LoadedSuite:
    """One suite in a context, with the batch definition that all its runs share."""

    def __init__(self, text: str, batch_definition: Any) -> None:
        self._json = json.loads(text)
        self._batch_definition = batch_definition
        self._suite = self._chosen(None)

    def verdict(self, frame: pa.RecordBatch, only: Collection[str] = ()) -> Verdict:
        """First pass: which expectations fail; second: which rows, of those alone. With `only`, the second alone."""
        data = frame.to_pandas()
        failed = set(only) or {
            _name(r) for r in self._run(self._suite, data, "BOOLEAN_ONLY") if not r.success
        }
        if not failed:
            return Verdict({}, {})
        results = list(self._run(self._chosen(failed), data, "COMPLETE"))
        unjudged = {_name(r): why for r in results if (why := _exception(r))}
        rows = {_name(r): _rows(r) for r in results if _name(r) not in unjudged}
        return Verdict({name: found for name, found in rows.items() if found}, unjudged)

    def _chosen(self, names: Collection[str] | None) -> Any:
        from great_expectations.core.expectation_suite import ExpectationSuite

        chosen = [e for e in self._json["expectations"] if names is None or e["meta"]["name"] in names]
        return ExpectationSuite(name=self._json["name"], expectations=chosen, meta=self._json["meta"])

    def _run(self, suite: Any, data: Any, result_format: str) -> Iterable[Any]:
        from great_expectations.validator.v1_validator import Validator

        validator = Validator(
            batch_definition=self._batch_definition,
            batch_parameters={"dataframe": data},
            result_format=result_format,
        )
        results: Iterable[Any] = validator.validate_expectation_suite(suite).results
        return results


def batch_definition(source: Any, name: str) -> Any:
    """Where a frame comes in: one a suite, reused for every run."""
    return source.add_dataframe_asset(name).add_batch_definition_whole_dataframe("batch")


def pandas_source() -> Any:
    """Great Expectations' pandas engine, in a context that lives in memory alone, quiet and without analytics."""
    # read on import
    os.environ["GX_ANALYTICS_ENABLED"] = "False"
    # Great Expectations imports sre_constants and sre_parse, which Python has deprecated; not ours to change
    warnings.filterwarnings("ignore", r"module 'sre_\w+' is deprecated", DeprecationWarning)
    # at INFO it tells which of its own functions it leaves out of its documentation
    logging.getLogger("great_expectations").setLevel(logging.WARNING)
    import great_expectations
    from great_expectations.data_context.types.base import (
        DataContextConfig,
        InMemoryStoreBackendDefaults,
        ProgressBarsConfig,
    )

    config = DataContextConfig(
        # no site of documents: by default one is made in a temporary folder
        store_backend_defaults=InMemoryStoreBackendDefaults(init_temp_docs_sites=False),
        # False, not None: None does not silence them
        progress_bars=ProgressBarsConfig(globally=False),
        analytics_enabled=False,
    )
    context = great_expectations.get_context(mode="ephemeral", project_config=config)
    return context.data_sources.add_pandas("tocsin")


def _name(result: Any) -> str:
    name: str = result.expectation_config.meta["name"]
    return name


def _rows(result: Any) -> tuple[int, ...]:
    """The frame's index counts rows from 0, and row conditions keep it."""
    return tuple(sorted(int(row) for row in result.result.get("unexpected_index_list") or ()))


def _exception(result: Any) -> str:
    """What the judge stumbled over, or nothing. A metric's failure lies one level down, under the metric's id."""
    info = result.exception_info or {}
    for part in (info, *(v for v in info.values() if isinstance(v, dict))):
        if part.get("raised_exception"):
            return str(part.get("exception_message") or "it raised an exception")
    return ""

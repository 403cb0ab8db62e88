# Everything that is done with Tocsin, with nothing on the machine but Python 3.11 to 3.13 and make.
# `make` alone lists the targets. PYTHON=... chooses another interpreter, KILLS=... the length of a crash test.

# The first of these that answers and is new enough; a shim that is there but dead does not answer.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo $$p && break; done)
VENV ?= .venv
BIN := $(VENV)/bin
TOOLS := .tools
UV_VERSION := 0.13.9
# A uv of the machine is used if it is there, else one of our own.
UV := $(shell command -v uv 2>/dev/null || echo $(TOOLS)/bin/uv)
# The interpreter is the one that was chosen; uv must not go and fetch another.
export UV_PYTHON_DOWNLOADS := never
KILLS ?= 200
READY := $(VENV)/ready

.DEFAULT_GOAL := help
.PHONY: help install demo test check format-check lint types rooms cover crash load bench evaluate format pages lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(READY) ## make .venv from the lock file

demo: $(READY) ## broker, sample articles, the whole pipeline, what came out
	$(BIN)/tocsin demo

test: $(READY) ## unit and integration tests
	$(BIN)/pytest tests --ignore=tests/crash -m "not load"

check: format-check lint types rooms cover ## all that CI runs: format, lint, types, import rule, tests, coverage

format-check: $(READY)
	$(BIN)/ruff format --check .

lint: $(READY)
	$(BIN)/ruff check .

types: $(READY)
	$(BIN)/mypy

rooms: $(READY)
	$(BIN)/pytest tests/test_rooms.py tests/test_repository.py

# Processes that the tests start are measured too ([tool.coverage.run] in pyproject.toml).
cover: $(READY)
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest tests/unit -m "not load"
	$(BIN)/coverage run -m pytest tests/integration -m "not load"
	$(BIN)/coverage run -m pytest tests/crash
	$(BIN)/coverage combine -q
	$(BIN)/coverage report

crash: $(READY) ## kill -9 while it lands, KILLS=200 times; the lake must equal that of an untouched run
	$(BIN)/python -m tests.crash.run --kills $(KILLS)

load: $(READY) ## tests that take minutes: long outages, long locks
	$(BIN)/pytest tests -m load

bench: $(READY) ## measure coder, pipeline, landing and queries
	$(BIN)/python -m benches

evaluate: $(READY) ## code our own gold set and print how far the reports agree with it
	$(BIN)/tocsin evaluate tests/gold/articles.jsonl tests/gold/events.jsonl

format: $(READY) ## format and repair what can be repaired
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

pages: $(READY) ## write the generated files: JSON Schemas, reference, exit codes, example configuration, accuracy
	$(BIN)/python -m schemas.write_json
	$(BIN)/python -m schemas.expectations
	$(BIN)/python -m tocsin.exit_codes
	$(BIN)/python -m tocsin.reference
	$(BIN)/python -m tocsin.evaluation.accuracy

lock: | $(UV) ## resolve the dependencies anew into requirements.lock
	$(UV) pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
		--no-annotate --no-header --no-emit-index-url --upgrade --quiet -o requirements.lock

clean: ## remove what was made here, but no data
	rm -rf $(VENV) $(TOOLS) build dist htmlcov .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .benchmarks .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamp is older than the lock or the project's own settings: install again. Hashes are checked.
$(READY): requirements.lock pyproject.toml | $(UV)
	@test -n "$(PYTHON)" || { echo "make: no Python 3.11, 3.12 or 3.13 found; name one with PYTHON=..." >&2; exit 1; }
	@test -x $(BIN)/python || $(UV) venv --quiet --python "$(PYTHON)" $(VENV)
	$(UV) pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

$(TOOLS)/bin/uv:
	@"$(PYTHON)" -m venv $(TOOLS) || { echo "make: $(PYTHON) has no venv module; install it (python3-venv) or uv" >&2; exit 1; }
	$(TOOLS)/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

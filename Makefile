# instructlake: `make run` and `make test` work on a fresh machine with Python 3.11 and a network.
LANE ?= spark35
BENCH ?= whole_job
PYTHON ?= python3
VENV := $(if $(filter spark35,$(LANE)),.venv,.venv-$(LANE))
BIN := $(CURDIR)/$(VENV)/bin
CONSTRAINTS := deploy/constraints/$(LANE).txt
# Spark's scripts look for `python3` on the path, so the environment's own must come first.
ACTIVATE := PATH="$(BIN):$$PATH" VIRTUAL_ENV="$(CURDIR)/$(VENV)"

.PHONY: help run test fmt lint soak bench schema clean
.DEFAULT_GOAL := help

help: ## show this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

$(CONSTRAINTS):
	@echo "LANE=$(LANE) is unknown; valid are: $(basename $(notdir $(filter-out %/java.txt,$(wildcard deploy/constraints/*.txt))))" >&2; exit 2

$(VENV)/.ready: setup.py $(CONSTRAINTS) deploy/setup_spark.py etl/lanes.py
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed, this is " + sys.version)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint $(CONSTRAINTS) --editable .
	$(BIN)/python deploy/setup_spark.py
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint $(CONSTRAINTS) --editable '.[dev]'
	@touch $@

run: $(VENV)/.ready ## run the job on the sample corpus: tables, summary, report
	@$(ACTIVATE) spark-submit etl/main.py

test: $(VENV)/.ready-dev lint ## every test that needs neither a model nor a GPU
	$(ACTIVATE) python -m pytest -m "not models and not gpu and not soak" $(PYTEST_ARGS)

lint: $(VENV)/.ready-dev ## style, types and the import contract
	$(ACTIVATE) ruff check .
	$(ACTIVATE) ruff format --check .
	$(ACTIVATE) mypy
	$(ACTIVATE) lint-imports

fmt: $(VENV)/.ready-dev ## format the code
	$(ACTIVATE) ruff check --fix .
	$(ACTIVATE) ruff format .

schema: $(VENV)/.ready-dev ## write the JSON Schema and the table of keys of the configuration
	$(ACTIVATE) python -m etl.config.schema --write conf

soak: $(VENV)/.ready-dev ## what takes longer than CI should: kills, clusters, foreign tools
	$(ACTIVATE) python -m pytest -m soak $(PYTEST_ARGS)

bench: $(VENV)/.ready-dev ## measure the whole job against a plain copy of the same files; BENCH=extraction: one document
	$(ACTIVATE) python -m tests.benchmarks.$(BENCH) $(BENCH_ARGS)

clean: ## remove environments and outputs
	rm -rf .venv .venv-* lake build dist *.egg-info

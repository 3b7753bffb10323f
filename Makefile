# `make` lists what can be done. Every target brings what it needs by itself; what is up to date is not done again.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
MAKEFLAGS += --no-builtin-rules

PORT ?= 8000
DATA_DIR ?= var/demo
# More arguments for the program that a target runs: make test ARGS="-k widget"
ARGS ?=

# The first Python that is new enough; only used to make .venv.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)

# Test files go to a process a core, each with a PostgreSQL of its own (some 600 MB); a file's tests stay together, since they share
# a system. For one process: make test SIDE_BY_SIDE=
SIDE_BY_SIDE ?= -n logical --maxprocesses 4 --dist loadfile

BIN := .venv/bin
PY := $(BIN)/python
NPM := $(PY) tools/npm.py
CONSOLE_NPM := $(NPM) --prefix console

# Stamps: a file that is newer than what it was made from.
RUN := .venv/.run
DEV := .venv/.dev
NODE_MODULES := web/node_modules/.package-lock.json
WEB := src/yingda/app/web/index.html
WEB_SOURCES := $(shell find web -name node_modules -prune -o -path web/console -prune -o -type f -print)
CONSOLE_MODULES := web/console/node_modules/.package-lock.json
CONSOLE_CLIENT := web/console/src/client/index.ts
CONSOLE := src/yingda/app/web/desk/index.html
CONSOLE_SOURCES := $(shell find web/console -name node_modules -prune -o -path web/console/src/client -prune -o -type f -print)

.PHONY: help
help: ## List what can be done
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# ── Run ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

.PHONY: demo
demo: $(RUN) $(WEB) $(CONSOLE) ## Start everything with the demo shop: PORT=8000 DATA_DIR=var/demo
	@$(PY) -m yingda demo --port $(PORT) --data-dir $(DATA_DIR) $(ARGS)

.PHONY: setup
setup: $(DEV) $(WEB) $(CONSOLE) ## Install everything for development, without running anything

.PHONY: web
web: $(WEB) $(CONSOLE) ## Build the shop page, the chat widget and the agents' console

# ── Check ────────────────────────────────────────────────────────────────────────────────────────────────────────────

.PHONY: test
test: lint types contracts web-test ## Check and test everything: Python, web, browser, crashes
	@$(PY) tools/browser.py
	$(BIN)/pytest $(SIDE_BY_SIDE) $(ARGS)

.PHONY: test-fast
test-fast: $(DEV) $(WEB) $(CONSOLE) ## Python tests without a browser and without killed processes
	$(BIN)/pytest $(SIDE_BY_SIDE) -m "not browser and not crash" $(ARGS)

.PHONY: lint
lint: $(DEV) $(NODE_MODULES) $(CONSOLE_MODULES) ## Style of Python and web
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(NPM) run --silent lint
	$(CONSOLE_NPM) run --silent lint

.PHONY: types
types: $(DEV) $(NODE_MODULES) $(CONSOLE_CLIENT) ## Types of Python and web
	$(BIN)/mypy
	$(NPM) run --silent typecheck
	$(CONSOLE_NPM) run --silent typecheck

.PHONY: contracts
contracts: $(DEV) ## Who may import whom
	$(BIN)/lint-imports

.PHONY: web-test
web-test: $(DEV) $(WEB) $(CONSOLE) ## Unit tests of the web and its size against the budgets
	$(NPM) run --silent test
	$(NPM) run --silent size
	$(CONSOLE_NPM) run --silent test
	$(CONSOLE_NPM) run --silent size

.PHONY: bench
bench: $(DEV) $(WEB) $(CONSOLE) ## Measure speed and size against their limits
	@$(PY) tools/browser.py
	$(PY) -m bench.run $(ARGS)

.PHONY: bench-language
bench-language: $(DEV) ## Measure how well messages are understood: LANGUAGE_DATA=../shared/data
	OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 $(PY) -m bench.language $(ARGS)

.PHONY: bench-knowledge
bench-knowledge: $(DEV) ## Measure how well and how fast articles are found and the beauty graph answers
	OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 $(PY) -m bench.knowledge $(ARGS)

# ── Change ───────────────────────────────────────────────────────────────────────────────────────────────────────────

.PHONY: format
format: $(DEV) $(NODE_MODULES) $(CONSOLE_MODULES) ## Lay code out as the style wants it
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(NPM) run --silent format
	$(CONSOLE_NPM) run --silent format

.PHONY: migration
migration: $(DEV) ## Draft a revision from the changed models: NAME="add tickets"
	@test -n "$(NAME)" || { echo 'Say what changes: make migration NAME="add tickets"'; exit 2; }
	$(PY) -m tools.migration "$(NAME)"
	@$(BIN)/ruff format --quiet src/yingda/infra/migrations

.PHONY: openapi
openapi: $(DEV) $(CONSOLE_MODULES) ## Write the description of the HTTP API and make the console's client from it
	$(PY) -m tools.openapi web/console/openapi.json
	$(CONSOLE_NPM) run --silent client

.PHONY: settings-doc
settings-doc: $(DEV) ## Write docs/settings.md from the settings' descriptions
	$(PY) -m tools.settings_doc

.PHONY: shop-encoder
shop-encoder: $(DEV) ## Teach the shipped sentence encoder anew (torch, hours on a core, minutes on a graphics card; the public sets in LANGUAGE_DATA), then: make language-model
	$(PY) -m venv --clear var/encoder-venv
	var/encoder-venv/bin/pip install --quiet -r tools/encoder/requirements.txt
	PYTHONPATH=$$($(PY) -c "import site; print(site.getsitepackages()[0])"):src:. var/encoder-venv/bin/python -m tools.encoder $(ARGS)

.PHONY: language-model
language-model: $(DEV) ## Teach the shipped language model after a change of data/language or of the learning
	$(PY) -m tools.language_model

.PHONY: screenshots
screenshots: $(DEV) $(WEB) $(CONSOLE) ## Take the pictures of docs/guide anew
	@$(PY) tools/browser.py
	$(PY) -m tools.screenshots

.PHONY: clean
clean: ## Remove what was built and installed; data in var/ is kept
	rm -rf .venv web/node_modules web/console/node_modules web/console/src/client src/yingda/app/web dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# ── What the targets stand on ────────────────────────────────────────────────────────────────────────────────────────

$(RUN): pyproject.toml uv.lock tools/environment.py
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed"; exit 2; }
	$(PYTHON) tools/environment.py run
	@touch $@

$(DEV): pyproject.toml uv.lock tools/environment.py
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed"; exit 2; }
	$(PYTHON) tools/environment.py dev
	@touch $(RUN) $@

# Built by whichever Node the environment has: a newer one alone does not build anew.
$(NODE_MODULES): web/package.json web/package-lock.json web/.npmrc | $(RUN)
	$(NPM) ci
	@touch $@

$(WEB): $(NODE_MODULES) $(WEB_SOURCES)
	$(NPM) run --silent build
	@touch $@

$(CONSOLE_MODULES): web/console/package.json web/console/package-lock.json web/console/.npmrc | $(RUN)
	$(CONSOLE_NPM) ci
	@touch $@

$(CONSOLE_CLIENT): web/console/openapi.json web/console/openapi-ts.config.ts $(CONSOLE_MODULES)
	$(CONSOLE_NPM) run --silent client
	@touch $@

# After the pages of the widget: their build clears the folder that holds the console's.
$(CONSOLE): $(CONSOLE_CLIENT) $(CONSOLE_SOURCES) data/language/intents.tsv $(WEB)
	$(CONSOLE_NPM) run --silent build
	@touch $@

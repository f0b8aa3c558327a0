# Every target makes `.venv` first when it is missing or when a lock file changed.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --no-print-directory

PYTHON ?= python3# makes .venv
ARGS ?=#           given to the command behind the target, as in: make test ARGS="-k quota"

BIN := .venv/bin
PY := $(BIN)/python
# Empty files that say which lock files are installed.
LOCAL := .venv/.installed-local
DEVELOPMENT := .venv/.installed-development
LOCKED := bootstrap runtime tracing local development

##@ Use
.PHONY: help up page reset
help: ## This list
	@awk 'BEGIN {FS = ":[^#]*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} \
		/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

up: $(LOCAL) ## Start everything, with demo data, and print where it is (PORT, FLOWER_PORT, MAILBOX_PORT, … choose the ports)
	@$(PY) -m deploy.local.bootstrap.page || true
	@exec $(PY) -m deploy.local.up $(ARGS)

page: $(LOCAL) ## Build the page people use where it changed (needs Node); `make up` does so too
	@exec $(PY) -m deploy.local.bootstrap.page

reset: $(LOCAL) ## Empty the local mode's data; the next `make up` begins anew
	@exec $(PY) -m deploy.local.reset

##@ Change
.PHONY: test check faults bench fuzz-images client guide format lock clean
test: $(DEVELOPMENT) ## Every test, on real engines of its own (ARGS="-k quota" chooses)
	@exec $(PY) -m pytest --numprocesses=auto --dist=loadfile --durations=20 --durations-min=1 $(ARGS)

check: $(DEVELOPMENT) ## Style, types, import directions, that migrations make what the models say; the page's types, lint and tests (if there is Node)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(PY) -m mypy
	$(BIN)/lint-imports
	$(PY) -m deploy.local.checks.migrations
	$(PY) -m deploy.local.checks.page

faults: $(DEVELOPMENT) ## Work on while everything is killed, cut and starved, then check (ARGS="--seed 7 --seeds 3")
	@exec $(PY) -m tests.faults $(ARGS)

bench: $(DEVELOPMENT) ## Measure everything beside its floor; tables, JSON and plots (ARGS="pipeline", ARGS=--short for little of all)
	@exec $(PY) -m tests.performance $(ARGS)

fuzz-images: $(DEVELOPMENT) ## Ten thousand damaged pictures through the decoding process (ARGS="--seed 7" for others)
	@exec $(PY) -m tests.support.factories.picture_fuzzing $(ARGS)

client: $(DEVELOPMENT) ## Write the page's API client anew from the API's document (needs Node)
	@exec $(PY) -m deploy.local.checks.page_client

guide: $(DEVELOPMENT) ## Draw the pictures of docs/guia-de-uso.md anew (needs Node and Chromium)
	@exec $(PY) -m tests.browser.guide

format: $(DEVELOPMENT) ## Write the code the way `make check` wants it
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

lock: $(LOCAL) ## Compile requirements/*.in to lock files with hashes (ARGS=--upgrade for the newest allowed)
	@cd requirements && for name in $(LOCKED); do \
		echo "· requirements/$$name.txt"; \
		../$(BIN)/uv pip compile --quiet --generate-hashes --python-version 3.11 --no-emit-index-url \
			--custom-compile-command "make lock" $(ARGS) $$name.in --output-file $$name.txt || exit 1; \
	done

clean: ## Remove .venv and caches; data in .data stays
	@rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis bench-results
	@find . -name __pycache__ -type d -prune -not -path './node_modules/*' -exec rm -rf {} +

$(LOCAL): deploy/local/bootstrap/install.py requirements/bootstrap.txt requirements/runtime.txt requirements/local.txt
	@$(PYTHON) deploy/local/bootstrap/install.py runtime local
	@touch $@

$(DEVELOPMENT): deploy/local/bootstrap/install.py requirements/bootstrap.txt requirements/runtime.txt requirements/tracing.txt requirements/local.txt requirements/development.txt
	@$(PYTHON) deploy/local/bootstrap/install.py runtime tracing local development
	@touch $(LOCAL) $@

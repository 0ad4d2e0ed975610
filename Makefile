# Sjukvy. `make help` lists the targets. Works with GNU make 3.81 and later.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
UV_VERSION := 0.13.9
UV := $(shell command -v uv 2>/dev/null || echo .tools/uv/bin/uv)
# a filled wheelhouse is used instead of the network: see docs/installation.md
FROM := $(if $(wildcard wheelhouse/*.whl),--no-index --find-links wheelhouse,)
OUT ?= screenshots

.DEFAULT_GOAL := help
.PHONY: help demo test test-all check format docs bench screenshots wheelhouse lock clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | awk -F'\t' '{printf "  make %-12s %s\n", $$1, $$2}'

demo: $(VENV)/.runtime ## an invented region, all the way to the screen
	@$(BIN)/sjukvy demo

test: $(VENV)/.dev check ## everything that runs in 15 minutes
	@$(BIN)/python -m pytest -m "not slow" --durations=10

test-all: $(VENV)/.dev check ## the long loops too
	@$(BIN)/python -m pytest --durations=20

check: $(VENV)/.dev ## style, types, and who may import whom (the pre-commit hook)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/mypy

format: $(VENV)/.dev ## let ruff write the style
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

docs: $(VENV)/.dev ## write the pages in docs/ that are made from the code
	@$(BIN)/sjukvy docs

bench: $(VENV)/.dev ## speed, as ratios against floors measured in the same run
	@$(BIN)/python -m benchmarks.run

screenshots: $(VENV)/.dev ## pictures of every page of the demo: make screenshots OUT=dir
	@$(BIN)/sjukvy demo --no-serve
	@$(BIN)/python -m tests.browser.screenshots "$(OUT)"

wheelhouse: $(VENV)/.dev ## collect every package in wheelhouse/, for a machine without internet
	@$(BIN)/python -m ensurepip -q 2>/dev/null || true
	@$(BIN)/python -m pip download -q --require-hashes -r requirements-dev.lock -d wheelhouse
	@$(BIN)/python -m pip download -q uv==$(UV_VERSION) -d wheelhouse
	@echo "wheelhouse/ is filled for this kind of machine and Python."

lock: $(UV) ## resolve the dependencies again, with hashes
	@$(UV) pip compile -q --universal --generate-hashes --python-version 3.11 --no-header --no-emit-index-url \
		pyproject.toml -c constraints.txt -o requirements.lock
	@$(UV) pip compile -q --universal --generate-hashes --python-version 3.11 --no-header --no-emit-index-url \
		pyproject.toml --extra dev -c requirements.lock -o requirements-dev.lock

clean: ## remove the environment, caches and the demo (never a region's own data)
	rm -rf $(VENV) .tools build *.egg-info data/demo .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.runtime: requirements.lock pyproject.toml | $(VENV)/python-ok
	@$(UV) pip install -q --python $(BIN)/python $(FROM) --require-hashes -r requirements.lock
	@$(UV) pip install -q --python $(BIN)/python $(FROM) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	@$(UV) pip install -q --python $(BIN)/python $(FROM) --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/python-ok: | $(UV)
	@test -n "$(PYTHON)" || { echo "Sjukvy needs Python 3.11 or later: install it (Debian and Ubuntu: sudo apt install python3 python3-venv) and try again."; exit 1; }
	@$(UV) venv -q --allow-existing --python $(PYTHON) $(VENV)
	@touch $@

.tools/uv/bin/uv:
	@test -n "$(PYTHON)" || { echo "Sjukvy needs Python 3.11 or later: install it (Debian and Ubuntu: sudo apt install python3 python3-venv) and try again."; exit 1; }
	@$(PYTHON) -m venv .tools/uv 2>/dev/null || { rm -rf .tools/uv; echo "Neither uv nor venv is here: install one of them (Debian and Ubuntu: sudo apt install python3-venv) and try again."; exit 1; }
	@.tools/uv/bin/python -m pip install -q --disable-pip-version-check $(FROM) uv==$(UV_VERSION) || { rm -rf .tools/uv; echo "uv could not be downloaded: install uv, or see docs/installation.md for a proxy or no internet."; exit 1; }

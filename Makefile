# dateline: `make demo` shows what it does, `make test` checks it. Both use .venv in this folder and need
# python3 (3.11 or newer), python3-venv, make and git.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
CODE := src tests benchmarks train docs gold

.PHONY: demo test lint bench accuracy format docs clean need
.DEFAULT_GOAL := demo

demo: .venv/run ## code the packaged exercise reports and say where to look next
	@$(BIN)/dateline demo

test: lint ## everything that must hold
	@$(BIN)/dateline lexicon check
	@$(BIN)/python -m pytest

lint: .venv/dev ## style and types
	@$(BIN)/ruff check $(CODE)
	@$(BIN)/ruff format --check --quiet $(CODE) || { echo "not formatted: make format"; exit 1; }
	@$(BIN)/mypy

bench: .venv/dev ## speed, memory, start-up and the score on the founding report, each with the commit
	@$(BIN)/python benchmarks/speed.py

accuracy: .venv/dev ## codebook score on our own gold against its floors; needs ../shared/gold
	@$(BIN)/python benchmarks/accuracy.py $(ARGS)

format: .venv/dev
	@$(BIN)/ruff check --fix --quiet $(CODE)
	@$(BIN)/ruff format --quiet $(CODE)

docs: .venv/run ## write docs/cli.md, the schema files, the transcripts of README.md, the tables of docs and examples/exports anew
	@$(BIN)/python -m dateline.cli.reference docs/cli.md
	@$(BIN)/python -m dateline.schemas
	@$(BIN)/python docs/transcript.py
	@$(BIN)/python docs/examples.py
	@$(BIN)/python docs/tables.py

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis dateline-demo

.venv/run: pyproject.toml | need
	@$(PYTHON) -m venv .venv
	@$(PIP) -e .
	@touch $@

.venv/dev: .venv/run
	@$(PIP) -e ".[dev]"
	@touch $@

need:
	@command -v $(PYTHON) >/dev/null || { echo "python3 is missing: sudo apt-get install python3"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$$($(PYTHON) --version) is too old, dateline needs 3.11 or newer: sudo apt-get install python3.11 python3.11-venv, then make PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "python3-venv is missing: sudo apt-get install python3-venv"; exit 1; }
	@command -v git >/dev/null || { echo "git is missing: sudo apt-get install git"; exit 1; }

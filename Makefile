PYTHON ?= python3
BIN = .venv/bin

.PHONY: install
install: .venv/.installed node_modules/.installed

.venv/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

node_modules/.installed: package.json package-lock.json | .venv/.installed
	npm ci --ignore-scripts --no-audit --no-fund --silent
	touch $@

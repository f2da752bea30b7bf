# The one door: `make demo` shows Regie, `make test` proves it. `make help` lists the rest.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help demo test bench lint bless clean

PORT ?= 8080
DIR ?= data/demo
TARGET := $(or $(CARGO_TARGET_DIR),target)
# In CI and for the demo Cargo.lock is the law; while you work it may follow your change.
LOCKED := $(if $(CI),--locked)

# Debian keeps the PostgreSQL server binaries out of the PATH; any version will do.
PG_BIN := $(lastword $(sort $(wildcard /usr/lib/postgresql/*/bin)))
export PATH := $(PATH)$(if $(PG_BIN),:$(PG_BIN))

say = @printf '\n== %s\n' $(1)

help:
	@echo 'make demo    build Regie and start it on http://127.0.0.1:$(PORT), filled with Heemskerk (PORT=, DIR=)'
	@echo 'make test    everything: Rust on SQLite and PostgreSQL, documents, pages in a browser'
	@echo 'make lint    format, clippy, licences'
	@echo 'make bench   measure (BENCH=quick, full); the figures go into docs/measurements.md'
	@echo 'make bless   accept changed snapshots'
	@echo 'make clean   throw away what was built and fetched; data stays'

# Browser packages: fetched again only when package-lock.json changed. The binary embeds them.
node_modules/.stamp: package-lock.json package.json
	$(call say,'browser packages (npm ci)')
	npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

demo:
	@bash scripts/need.sh build
	@$(MAKE) -s node_modules/.stamp
	$(call say,'building (the first time takes some minutes)')
	cargo build --locked --profile demo -p regie
	$(call say,'starting; Ctrl-C stops')
	@exec $(TARGET)/demo/regie demo --dir $(DIR) --port $(PORT)

test:
	@bash scripts/need.sh test
	@$(MAKE) -s node_modules/.stamp
	$(call say,'Rust tests')
	@if cargo nextest --version >/dev/null 2>&1; then \
	  echo 'cargo nextest run'; scripts/with-postgres.sh cargo nextest run $(LOCKED) --workspace; \
	else \
	  echo 'cargo test (cargo-nextest is not installed)'; scripts/with-postgres.sh cargo test $(LOCKED) --workspace --all-targets; \
	fi
	$(call say,'examples in the documentation')
	cargo test $(LOCKED) --workspace --doc
	$(call say,'the house rules')
	cargo xtask tidy
	$(call say,'types of the browser modules')
	npx --no-install tsc -p static
	$(call say,'pages in a browser')
	cargo build $(LOCKED) -p regie
	REGIE_BIN=$(TARGET)/debug/regie node e2e/run.mjs
	$(call say,'make test: every part passed')

bench:
	@bash scripts/need.sh bench
	@$(MAKE) -s node_modules/.stamp
	cargo build $(LOCKED) --profile demo -p regie
	REGIE_BIN=$(TARGET)/demo/regie node bench/run.mjs

lint:
	@bash scripts/need.sh build
	@$(MAKE) -s node_modules/.stamp
	cargo fmt --all --check
	cargo clippy $(LOCKED) --workspace --all-targets -- -D warnings
	cargo xtask licences
	@bash scripts/deny.sh

bless:
	REGIE_BLESS=1 INSTA_UPDATE=always INSTA_FORCE_PASS=1 cargo test $(LOCKED) --workspace --all-targets
	@if cargo insta --version >/dev/null 2>&1; then cargo insta accept; \
	else echo 'inline snapshots are accepted by: cargo install cargo-insta && cargo insta accept'; fi
	@git status --short

clean:
	cargo clean
	rm -rf node_modules e2e/out

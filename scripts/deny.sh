#!/usr/bin/env bash
# cargo-deny, where it is installed; the advisories only where their database can be reached.
set -euo pipefail
if ! cargo deny --version >/dev/null 2>&1; then
  echo 'advisories: not checked (cargo-deny is not installed)'
  exit 0
fi
cargo deny --offline check bans licenses sources
if cargo deny fetch db >/dev/null 2>&1; then
  cargo deny check advisories
else
  echo 'advisories: not checked (their database is out of reach)'
fi

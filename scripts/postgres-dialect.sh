#!/usr/bin/env bash
# Writes the PostgreSQL text of a new SQLite migration to standard output: types differ, nothing else.
# Usage: scripts/postgres-dialect.sh migrations/main/sqlite/0009_x.sql > migrations/main/postgres/0009_x.sql
set -euo pipefail
sed -E -e 's/\) strict(, without rowid)?;/);/' -e 's/\binteger\b/bigint/g' -e 's/_bytes blob\b/_bytes bytea/g' \
  -e 's/\bblob\b/uuid/g' -e 's/\breal\b/double precision/g' \
  -e 's/^(    (public|active|is_[a-z_]+)) bigint/\1 boolean/' "$1"

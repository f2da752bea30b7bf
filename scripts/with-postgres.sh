#!/usr/bin/env bash
# Runs a command with a throw-away PostgreSQL cluster, named in REGIE_TEST_POSTGRES; stops and removes it after.
# Usage: scripts/with-postgres.sh COMMAND...
set -euo pipefail
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)
[ -n "$bin" ] || bin=$(dirname "$(command -v postgres || echo /missing/postgres)")
if [ ! -x "$bin/initdb" ]; then
  echo "with-postgres.sh: no PostgreSQL server binaries; install Debian's package postgresql" >&2
  exit 1
fi
dir=$(mktemp -d /tmp/regie-postgres.XXXXXX)
# initdb refuses root: the cluster then belongs to another user.
as=()
if [ "$(id -u)" = 0 ]; then
  owner=$(id -un postgres 2>/dev/null || echo nobody)
  chown "$owner" "$dir"
  as=(runuser -u "$owner" --)
fi
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])' 2>/dev/null ||
  node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })')
stop() {
  "${as[@]}" "$bin/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$dir"
}
trap stop EXIT
cd "$dir"
"${as[@]}" "$bin/initdb" -D "$dir/data" -U postgres -A trust --no-sync >/dev/null
"${as[@]}" "$bin/pg_ctl" -D "$dir/data" -w -l "$dir/log" \
  -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$dir -c fsync=${REGIE_TEST_FSYNC:-off} -c max_connections=200" \
  start >/dev/null
cd - >/dev/null
export REGIE_TEST_POSTGRES="postgres://postgres@127.0.0.1:$port/postgres"
"$@"

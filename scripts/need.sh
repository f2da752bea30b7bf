#!/usr/bin/env bash
# Is what we need on this machine? `need.sh build|test|bench`
# As root on Debian (or Ubuntu) the Debian packages that miss are installed; elsewhere one line says what to install.
set -euo pipefail
what=${1:-test}

has() { command -v "$1" >/dev/null 2>&1; }
has_postgres() { has postgres || compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null; }
has_browser() { [ -n "${CHROMIUM:-}" ] || has chromium || has chromium-browser || has google-chrome; }

packages=() # what Debian calls what is missing
others=()   # what Debian does not have in the version that we need

need() { # Debian package, then how to see that it is there
  if ! "$2" ${3:+"$3"} && [[ " ${packages[*]-} " != *" $1 "* ]]; then packages+=("$1"); fi
}

need build-essential has cc
need build-essential has make
need npm has npm
has cargo || others+=("Rust (https://rustup.rs)")
if has node && [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 18 ]; then
  others+=("Node 18 or newer")
fi
case $what in
  build) ;;
  bench) need postgresql has_postgres ;;
  test)
    need postgresql has_postgres
    need chromium has_browser
    ;;
  *)
    echo "need.sh: '$what' is not one of build, test, bench" >&2
    exit 2
    ;;
esac

if [ ${#packages[@]} -gt 0 ] && [ "$(id -u)" = 0 ] && [ -f /etc/debian_version ] && has apt-get; then
  echo "installing: ${packages[*]}"
  # The tests start their own server; a machine that had none does not get one that keeps running.
  if [[ " ${packages[*]} " == *" postgresql "* ]] && [ ! -e /etc/postgresql-common/createcluster.conf ]; then
    mkdir -p /etc/postgresql-common
    echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
  fi
  export DEBIAN_FRONTEND=noninteractive UCF_FORCE_CONFFOLD=1
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends -o Dpkg::Options::=--force-confold "${packages[@]}" </dev/null
  packages=()
fi

if [ ${#packages[@]} -gt 0 ] || [ ${#others[@]} -gt 0 ]; then
  list=$(printf '%s, ' ${packages[@]+"${packages[@]}"} ${others[@]+"${others[@]}"})
  echo "To go on, install: ${list%, } (Debian package names)" >&2
  exit 1
fi

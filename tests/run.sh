#!/usr/bin/env bash
# Installs what is missing, builds, runs every suite on a thrown-away PostgreSQL cluster, ends with "N passed, N failed".
#
# Usage: tests/run.sh [SUITE ...]      suites: unit db http client demo coverage; all of them when none is named
#   CI=true        warnings are errors
#   BUILD=DIR      build folder (default: build)
set -euo pipefail

top=$(cd "$(dirname "$0")/.." && pwd)
cd "$top"
build=${BUILD:-build}
suites=("$@")
for suite in "${suites[@]}"; do
  case $suite in
    unit | db | http | client | demo | coverage) ;;
    *) sed -n '2,6p' "$0" >&2; exit 2 ;;
  esac
done

packaging/dependencies.sh

werror=false
[ -z "${CI:-}" ] || werror=true
if [ ! -e "$build/build.ninja" ]; then
  meson setup "$build" -Dwerror=$werror || exit 1
fi
ninja -C "$build" >"$build/ninja.log" 2>&1 || { grep -vE '^\[[0-9]+/' "$build/ninja.log" | tail -n 60; echo "the build failed: $build/ninja.log"; exit 1; }

cluster=$(mktemp -d "/tmp/armms-tests-XXXXXX")
finish () {
  packaging/cluster.sh remove "$cluster" || true
}
trap finish EXIT
trap 'exit 130' INT TERM
eval "$(packaging/cluster.sh start "$cluster" --cron-database armms_cron --fast)"
export ARMMS_TEST_SOCKET=$SOCKET ARMMS_TEST_PORT=$PORT ARMMS_TEST_CLUSTER=$cluster

arguments=(--no-rebuild --num-processes "${PROCESSES:-2}" --print-errorlogs --timeout-multiplier "${TIMEOUT_MULTIPLIER:-3}")
for suite in "${suites[@]}"; do arguments+=(--suite "$suite"); done
set +e
meson test -C "$build" "${arguments[@]}"
set -e
exec_count=(python3 tests/count.py "$build/meson-logs/testlog.json")
set +e
"${exec_count[@]}"
exit $?

#!/usr/bin/env bash
# Measures speed and memory; prints a table of medians and writes the figures as JSON.
#
# Usage: tests/bench/run.sh [--runs N] [--seconds N] [--json FILE] [--only NAME[,NAME...]] [--keep]
#   --runs N      how often each is measured (3)
#   --seconds N   how long one load lasts (8)
#   --json FILE   where the figures go (build-bench/bench.json)
#   --only        of: ingest batch drain delay payslip payrun calls memory
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
cd "$top"
packaging/dependencies.sh build bench
if [ ! -e build-bench/build.ninja ]; then
  meson setup build-bench --buildtype=release -Dclient=false >/dev/null
fi
ninja -C build-bench >build-bench/ninja.log 2>&1 || { tail -n 40 build-bench/ninja.log; exit 1; }
exec python3 tests/bench/bench.py --build build-bench "$@"

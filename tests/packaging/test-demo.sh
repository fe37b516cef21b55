#!/usr/bin/env bash
# The demo, small, three times: the same seed gives the same totals, also with payroll in a database of its own. Once it is
# run on a screen (where the desktop is built), and the window that it opens is looked at and closed.
# Usage: test-demo.sh BUILD (the folder in which the programs are built)
set -euo pipefail

top=$(cd "$(dirname "$0")/../.." && pwd)
export BUILD=$1
state=$(mktemp -d /tmp/armms-demo-XXXXXX)
trap '"$top/packaging/demo.sh" --stop --state "$state" >/dev/null 2>&1 || true; "$top/packaging/cluster.sh" remove "$state/cluster" || true; rm -rf "$state"' EXIT

n=0
told () { # ok|"not ok" NAME
  n=$((n + 1))
  echo "$1 $n - $2"
}
on_screen=()
run () { # NAME [OPTION...]
  local name=$1
  shift
  if "${on_screen[@]}" "$top/packaging/demo.sh" --guards 40 --state "$state" --summary "$state/$name.json" "$@" >"$state/$name.out" 2>&1; then
    told ok "the demo runs: $name"
  else
    told "not ok" "the demo runs: $name"
    tail -n 40 "$state/$name.out" | sed 's/^/# /'
  fi
  if [ -s "$state/$name.json" ] && jq -e '[.checks[] | select(.ok | not)] == [] and (.checks | length) >= 15' "$state/$name.json" >/dev/null; then
    told ok "every check is ok: $name"
  else
    told "not ok" "every check is ok: $name"
  fi
}
same () { # NAME NAME
  if [ -s "$state/$1.json" ] && [ -s "$state/$2.json" ] \
     && diff <(jq -S 'del(.seconds, .checks)' "$state/$1.json") <(jq -S 'del(.seconds, .checks)' "$state/$2.json") >"$state/diff"; then
    told ok "$1 and $2 come to the same"
  else
    told "not ok" "$1 and $2 come to the same"
    head -n 20 "$state/diff" | sed 's/^/# /' || true
  fi
}

echo 1..8
run first --headless
if [ -x "$BUILD/client/armms" ]; then
  on_screen=(env ARMMS_KEYRING=unlocked "$top/tests/client/headless.sh" /usr/bin/python3 "$top/tests/packaging/desktop.py" "$BUILD/screenshots/demo-desktop.png")
  run again
  on_screen=()
else
  run again --headless
fi
same first again
run apart --headless --payroll-apart
same first apart

#!/usr/bin/env bash
# Lints the OpenAPI document that the route and field tables make, with a public linter.
#
# Usage: tests/openapi/check.sh [DOCUMENT]     default: what build/server/programs/armms-server serve --openapi prints
#
# Needs node and, the first time, the npm registry: @redocly/cli goes to ~/.cache/armms-openapi. Exits 77 without either.
set -euo pipefail

top=$(cd "$(dirname "$0")/../.." && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/armms-openapi
version=1.34.5
document=${1:-}

command -v npm >/dev/null || { echo "npm is missing" >&2; exit 77; }
if [ -z "$document" ]; then
  document=$(mktemp --suffix=.json)
  trap 'rm -f "$document"' EXIT
  "$top/build/server/programs/armms-server" serve --openapi >"$document"
fi
if [ ! -x "$cache/node_modules/.bin/redocly" ]; then
  mkdir -p "$cache"
  npm install --silent --prefix "$cache" "@redocly/cli@$version" || { echo "@redocly/cli cannot be fetched" >&2; exit 77; }
fi
REDOCLY_TELEMETRY=off "$cache/node_modules/.bin/redocly" lint "$document"

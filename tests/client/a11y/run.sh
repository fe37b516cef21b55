#!/usr/bin/env bash
# run.sh: the walk of walk.py against a real server, with its database, worker and a small sample agency, all thrown away.
#
# Uses the cluster of tests/run.sh ($ARMMS_TEST_SOCKET, $ARMMS_TEST_PORT) when there is one, else starts its own.
#   ARMMS_BUILD_ROOT   build folder (build)
#   ARMMS_A11Y_GUARDS  size of the agency (40)
#   ARMMS_A11Y_SHELL   a command to run in place of the walk, with the same environment (to look around)
set -euo pipefail

top=$(cd "$(dirname "$0")/../../.." && pwd)
build=$(realpath "${ARMMS_BUILD_ROOT:-$top/build}")
guards=${ARMMS_A11Y_GUARDS:-40}
state=$(mktemp -d /tmp/armms-a11y-XXXXXX)
database=armms_a11y_$$
processes=()
own_cluster=no

finish () {
  local code=$?
  for process in "${processes[@]}"; do kill "$process" 2>/dev/null || true; done
  for process in "${processes[@]}"; do wait "$process" 2>/dev/null || true; done
  if [ $own_cluster = yes ]; then
    "$top/packaging/cluster.sh" remove "$state/cluster" >/dev/null 2>&1 || true
  else
    psql -X -q -h "$SOCKET" -p "$PORT" -U postgres -d postgres -c "drop database if exists $database with (force)" 2>/dev/null || true
  fi
  if [ $code -ne 0 ] && [ $code -ne 77 ]; then
    mkdir -p "$build/screenshots"
    for log in "$state"/*.log; do echo "# --- ${log##*/}"; tail -n 15 "$log" | sed 's/^/# /'; done
  fi
  rm -rf "$state"
}
trap finish EXIT
trap 'exit 130' INT TERM

if [ -n "${ARMMS_TEST_SOCKET:-}" ]; then
  SOCKET=$ARMMS_TEST_SOCKET PORT=$ARMMS_TEST_PORT
else
  eval "$("$top/packaging/cluster.sh" start "$state/cluster" --fast)"
  own_cluster=yes
fi
psql -X -q -h "$SOCKET" -p "$PORT" -U postgres -d postgres -c "create database $database"

mkdir "$state/credentials"
chmod 700 "$state/credentials"
for name in jwt-key cursor-key; do (umask 077; openssl rand -base64 48 | tr -d '\n' >"$state/credentials/$name"); done
(umask 077; openssl rand -base64 32 | tr -d '\n' >"$state/credentials/master-key")
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj '/CN=ARMMS test' \
  -addext 'subjectAltName=IP:127.0.0.1' -keyout "$state/tls.key" -out "$state/tls.crt" 2>"$state/openssl.log"
for _ in $(seq 50); do
  port=$((20000 + RANDOM % 20000))
  (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
done
url=https://127.0.0.1:$port
cat >"$state/armms.conf" <<CONF
[server]
listen=127.0.0.1
port=$port
tls-certificate=$state/tls.crt
tls-key=$state/tls.key

[limits]
default-per-second=1000
sign-in-per-minute=600
ingest-per-second=100000

[database]
main=host=$SOCKET port=$PORT dbname=$database
owner=postgres

[paths]
statutory=$top/data/statutory/ph
CONF
export CREDENTIALS_DIRECTORY=$state/credentials ARMMS_DATA_DIR=$top/data
ctl () { "$build/server/programs/armmsctl" --config "$state/armms.conf" "$@"; }

ctl migrate >"$state/migrate.log" 2>&1
ctl sample load --guards "$guards" --keys "$state/keys.csv" >"$state/sample.log" 2>&1
ctl sample events --guards "$guards" --out "$state/events" --from 2026-05-01 --to 2026-05-15 >>"$state/sample.log" 2>&1

"$build/server/programs/armms-server" serve --config "$state/armms.conf" >"$state/serve.log" 2>&1 & processes+=($!)
"$build/server/programs/armms-server" work --config "$state/armms.conf" >"$state/work.log" 2>&1 & processes+=($!)
for _ in $(seq 150); do
  curl -fsS --cacert "$state/tls.crt" "$url/ready" >/dev/null 2>&1 && break
  sleep 0.2
done
ctl sample play --url "$url" --ca "$state/tls.crt" --keys "$state/keys.csv" --events "$state/events" >"$state/play.log" 2>&1

password=Bantay-Sample-2026
login () {
  curl -sS --fail-with-body --cacert "$state/tls.crt" -H 'Content-Type: application/json' \
    -d "{\"login\":\"$1@bantay.example\",\"password\":\"$password\",\"tenant\":\"bantay\"}" "$url/v1/auth/login" | jq -er .access_token
}
call () { # TOKEN METHOD PATH [BODY]
  curl -sS --fail-with-body --cacert "$state/tls.crt" -X "$2" -H "Authorization: Bearer $1" -H 'Content-Type: application/json' \
    -H "Idempotency-Key: $(cat /proc/sys/kernel/random/uuid)" ${4:+--data-binary "$4"} "$url$3"
}
# The worker has caught up when no stream and no job waits any more; a look that fails is taken again.
token=$(login administrator)
for _ in $(seq 300); do
  call "$token" GET /v1/queues >"$state/queues.log" 2>&1 || { cat "$state/queues.log" >>"$state/looks.log"; sleep 0.5; continue; }
  [ "$(jq '[.items[] | select(.name != "queue.seal") | (.waiting // 0) + (if .sort == "jobs" then (.running // 0) else 0 end)] | add // 0' "$state/queues.log")" != 0 ] || break
  sleep 0.2
done
call "$(login payroll)" POST /v1/pay-periods '{"from":"2026-05-01","to":"2026-05-31","pay_after_days":5}' >"$state/periods.log" 2>&1 || true

export ARMMS_BUILD_ROOT=$build ARMMS_KEYRING=unlocked
export ARMMS_A11Y_SERVER=$url ARMMS_A11Y_CA_FILE=$state/tls.crt ARMMS_A11Y_TENANT=bantay
export ARMMS_A11Y_TIMEKEEPER=timekeeper@bantay.example:$password ARMMS_A11Y_PAYROLL=payroll@bantay.example:$password
export ARMMS_A11Y_CONTROLLER=controller@bantay.example:$password ARMMS_A11Y_APPROVER=hr.manager@bantay.example:$password
if [ -n "${ARMMS_A11Y_SHELL:-}" ]; then
  bash -c "$ARMMS_A11Y_SHELL"
else
  "$top/tests/client/headless.sh" /usr/bin/python3 "$top/tests/client/a11y/walk.py"
fi

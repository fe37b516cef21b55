#!/usr/bin/env bash
# The main job, end to end, on one machine: a sample agency, a month of clock events, two payrolls, and the desktop on top.
#
# Usage: packaging/demo.sh [--headless] [--summary FILE] [--guards N] [--seed N] [--keep]
#        packaging/demo.sh --stop
#
#   --headless          opens no window
#   --summary FILE      writes what came out as JSON
#   --guards N          another size (1200)
#   --seed N            another agency (2026); the same seed and size give the same totals
#   --keep              leaves everything running; prints where, and the accounts of each role
#   --stop              stops what --keep left
#   --payroll-apart     payroll in a database of its own
#   --state DIR         where everything is kept (.state in this folder); nothing else is touched
set -euo pipefail

top=$(cd "$(dirname "$0")/.." && pwd)
state=${ARMMS_STATE:-$top/.state}
headless=no keep=no stop=no apart=no guards=1200 seed=2026 summary=''
while [ $# -gt 0 ]; do
  case $1 in
    --headless) headless=yes ;;
    --keep) keep=yes ;;
    --stop) stop=yes ;;
    --payroll-apart) apart=yes ;;
    --summary) summary=$(realpath -m "$2"); shift ;;
    --guards) guards=$2; shift ;;
    --seed) seed=$2; shift ;;
    --state) state=$2; shift ;;
    *) sed -n '2,15p' "$0" >&2; exit 2 ;;
  esac
  shift
done
mkdir -p "$state"
state=$(cd "$state" && pwd)
build=${BUILD:-$state/build}
period_one=(2026-05-01 2026-05-15)
period_two=(2026-05-16 2026-05-31)

# ---- talk ------------------------------------------------------------------------------------------------------------

began=$(date +%s.%N)
seconds_since () { awk -v a="$1" -v b="$(date +%s.%N)" 'BEGIN { printf "%.3f", b - a }'; }
step () { printf '\n[%6.1f s] %s\n' "$(seconds_since "$began")" "$*"; }
note () { printf '           %s\n' "$*"; }
die () { printf '\ndemo.sh: %s\n' "$*" >&2; exit 1; }

# ---- processes -------------------------------------------------------------------------------------------------------

stop_process () {
  local file=$state/run/$1.pid pid
  [ -s "$file" ] || return 0
  pid=$(cat "$file")
  # The number may be another's by now: only a process that was started with this state folder's configuration is ended.
  if [ -r "/proc/$pid/cmdline" ] && tr '\0' ' ' <"/proc/$pid/cmdline" | grep -qF " --config $state/armms.conf"; then
    kill "$pid" 2>/dev/null || true
    for _ in $(seq 150); do [ -e "/proc/$pid" ] || break; sleep 0.2; done
  fi
  rm -f "$file"
}
stop_all () {
  stop_process work
  stop_process serve
  [ ! -d "$state/cluster" ] || "$top/packaging/cluster.sh" stop "$state/cluster" || true
}
start_process () {
  local name=$1
  shift
  ("$@" >>"$state/log/$name.log" 2>&1 & echo $! >"$state/run/$name.pid")
}

if [ $stop = yes ]; then
  stop_all
  echo "stopped"
  exit 0
fi

finished=no
on_exit () {
  local code=$?
  if [ $keep = yes ] && [ $finished = yes ]; then return; fi
  [ $code -eq 0 ] || printf '\ndemo.sh: it ended with %d; the logs are in %s\n' "$code" "$state/log" >&2
  stop_all
}
trap on_exit EXIT
trap 'exit 130' INT TERM

# ---- build, cluster, certificate ---------------------------------------------------------------------------------

step "What this machine lacks"
"$top/packaging/dependencies.sh" build

step "Building"
mkdir -p "$state/log" "$state/run" "$state/credentials"
chmod 700 "$state/credentials" "$state/run"
[ -e "$build/build.ninja" ] || meson setup "$build" "$top" -Dtests=false --buildtype=release -Db_ndebug=false >"$state/log/meson.log" 2>&1 \
  || { tail -n 30 "$state/log/meson.log" >&2; die "meson failed: $state/log/meson.log"; }
# A build of somebody else's (BUILD=DIR) is taken as it is.
[ ! -w "$build" ] || ninja -C "$build" >"$state/log/ninja.log" 2>&1 || { grep -E 'error|FAILED' "$state/log/ninja.log" | head -20 >&2; die "the build failed: $state/log/ninja.log"; }
ctl () { "$build/server/programs/armmsctl" --config "$state/armms.conf" "$@"; }

step "A private PostgreSQL cluster"
stop_process work
stop_process serve
eval "$("$top/packaging/cluster.sh" start "$state/cluster" --cron-database armms)"
note "$SOCKET"
sql () { local database=$1; shift; psql -X -q -v ON_ERROR_STOP=1 -h "$SOCKET" -p "$PORT" -U postgres -d "$database" "$@"; }
for database in armms armms_payroll; do
  sql postgres -c "drop database if exists $database with (force)" 2>>"$state/log/psql.log"
done
sql postgres -c 'create database armms'
payroll_database=armms
if [ $apart = yes ]; then
  sql postgres -c 'create database armms_payroll'
  payroll_database=armms_payroll
fi

secret () { [ -s "$state/credentials/$1" ] || (umask 077; openssl rand -base64 48 | tr -d '\n' >"$state/credentials/$1"); }
for name in jwt-key cursor-key; do secret "$name"; done
[ -s "$state/credentials/master-key" ] || (umask 077; openssl rand -base64 32 | tr -d '\n' >"$state/credentials/master-key")
export CREDENTIALS_DIRECTORY=$state/credentials
if [ ! -s "$state/tls.crt" ] || ! openssl x509 -checkend 86400 -noout -in "$state/tls.crt" >/dev/null; then
  (umask 077; openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 397 -subj '/CN=ARMMS demo' \
    -addext 'subjectAltName=IP:127.0.0.1,DNS:localhost' -keyout "$state/tls.key" -out "$state/tls.crt" 2>>"$state/log/openssl.log")
fi

free_port () {
  local port
  for _ in $(seq 50); do
    port=$((20000 + RANDOM % 20000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
  die "no free port"
}
port=$(free_port)
url=https://127.0.0.1:$port
(umask 077; cat >"$state/armms.conf" <<CONF
[server]
listen=127.0.0.1
port=$port
tls-certificate=$state/tls.crt
tls-key=$state/tls.key

[limits]
default-per-second=1000
sign-in-per-minute=600
ingest-per-second=100000
report-per-minute=6000

[database]
main=host=$SOCKET port=$PORT dbname=armms
$([ $apart = no ] || echo "payroll=host=$SOCKET port=$PORT dbname=armms_payroll")
owner=postgres

[schemas]
payroll=$([ $apart = yes ] && echo payroll || echo main)

[paths]
statutory=$top/data/statutory/ph
CONF
)
export ARMMS_DATA_DIR=$top/data

step "The databases and the sample agency"
ctl migrate >>"$state/log/migrate.log" 2>&1 || { tail -n 5 "$state/log/migrate.log" >&2; die "the migration failed: $state/log/migrate.log"; }
note "$(ctl sample load --guards "$guards" --seed "$seed" --keys "$state/credentials/device-keys.csv" | head -1)"
sample=$(ctl --json sample events --guards "$guards" --seed "$seed" --out "$state/events")
tenant=$(sql armms -At -c "select tenant_id from tenant.tenants where code = 'bantay'")
sql armms -c 'vacuum analyze' &
wait $!

step "The server and the worker"
start_process serve "$build/server/programs/armms-server" serve --config "$state/armms.conf"
start_process work "$build/server/programs/armms-server" work --config "$state/armms.conf"
for _ in $(seq 150); do
  curl -fsS --cacert "$state/tls.crt" "$url/ready" >/dev/null 2>&1 && break
  [ -e "/proc/$(cat "$state/run/serve.pid")" ] || { tail -n 5 "$state/log/serve.log" >&2; die "the server ended: $state/log/serve.log"; }
  sleep 0.2
done
curl -fsS --cacert "$state/tls.crt" "$url/ready" >/dev/null || die "the server is not ready: $state/log/serve.log"
note "$url"

# ---- the API, as people --------------------------------------------------------------------------------------------

password=Bantay-Sample-2026
declare -A tokens token_times
token () {
  local role=$1 now
  now=$(date +%s)
  if [ -z "${tokens[$role]:-}" ] || [ $((now - ${token_times[$role]})) -gt 600 ]; then
    tokens[$role]=$(curl -sS --fail-with-body --cacert "$state/tls.crt" -H 'Content-Type: application/json' \
      -d "{\"login\":\"$role@bantay.example\",\"password\":\"$password\",\"tenant\":\"bantay\"}" "$url/v1/auth/login" | jq -er .access_token) \
      || die "$role cannot sign in"
    token_times[$role]=$now
  fi
}
# api ROLE METHOD PATH [BODY]: the answer in $answer, its ETag in $etag. If-Match: whatever was read last.
answer='' etag=''
api () {
  local role=$1 method=$2 path=$3 body=${4:-} code
  local headers=$state/run/headers
  token "$role"
  local arguments=(-sS --cacert "$state/tls.crt" -X "$method" -H "Authorization: Bearer ${tokens[$role]}" -D "$headers" -o "$state/run/answer" -w '%{http_code}')
  if [ "$method" != GET ]; then
    arguments+=(-H "Idempotency-Key: $(cat /proc/sys/kernel/random/uuid)" -H 'Content-Type: application/json' --data-binary "${body:-{\}}")
    [ -z "$etag" ] || arguments+=(-H "If-Match: $etag")
  fi
  code=$(curl "${arguments[@]}" "$url$path")
  answer=$(cat "$state/run/answer")
  etag=$(sed -n 's/^[Ee][Tt][Aa][Gg]: *\([^\r]*\).*/\1/p' "$headers" | tail -1)
  location=$(sed -n 's/^[Ll]ocation: *\([^\r]*\).*/\1/p' "$headers" | tail -1)
  case $code in 2??) ;; *) die "$method $path as $role: $code $(head -c 600 "$state/run/answer")" ;; esac
}
get () { etag=''; api "$1" GET "$2"; }
post () { etag=''; api "$1" POST "$2" "${3:-}"; }
# A change of something with a version: read, then change.
change () { get "$1" "$3"; api "$1" "$2" "$4" "${5:-}"; }

wait_job () {
  local role=$1 job=${2##*/} label=$3 state_now progress
  while :; do
    get "$role" "/v1/jobs/$job"
    state_now=$(jq -r .state <<<"$answer")
    progress=$(jq -r '"\(.done // 0) of \(.total // "?")"' <<<"$answer")
    [ ! -t 1 ] || printf '\r           %s: %s %s   ' "$label" "$state_now" "$progress"
    case $state_now in
      DONE) [ -t 1 ] && printf '\n' || note "$label: $progress"; return ;;
      FAILED | CANCELLED) [ ! -t 1 ] || printf '\n'; die "$label: $(jq -r '.last_error // .state' <<<"$answer")" ;;
    esac
    sleep 0.2
  done
}
# Until nothing waits: no stream is behind, no job is to be done.
wait_idle () {
  local quiet=0
  while [ $quiet -lt 2 ]; do
    get administrator /v1/queues
    if [ "$(jq '[.items[] | select(.name != "queue.seal") | (.waiting // 0) + (if .sort == "jobs" then (.running // 0) else 0 end)] | add // 0' <<<"$answer")" = 0 ]; then
      quiet=$((quiet + 1))
    else
      quiet=0
    fi
    sleep 0.1
  done
}

# ---- the month -----------------------------------------------------------------------------------------------------

step "The month of clock events, as the readers send it"
started=$(date +%s.%N)
played=$(ctl --json sample play --url "$url" --ca "$state/tls.crt" --keys "$state/credentials/device-keys.csv" --events "$state/events") \
  || die "the readers could not send their events"
seconds_ingest=$(jq -r .seconds <<<"$played")
note "$(jq -r '"\(.accepted) accepted, \(.duplicate) told twice, \(.rejected) rejected, in \(.requests) requests"' <<<"$played"), $seconds_ingest s"
note "the worker derives logs, daily records and timesheets"
wait_idle
seconds_drain=$(seconds_since "$started")
note "all is derived $seconds_drain s after the first event"

finalise_period () {
  local from=$1 to=$2 left_out
  . "$top/packaging/demo/settle.sh"
  # Finalising closes what was still open, and may find more to settle: then again, as the timekeeper would.
  for _ in 1 2 3; do
    settle_anomalies "$from" "$to"
    note "finalising $from..$to"
    post timekeeper /v1/timesheets/finalize "{\"period_from\":\"$from\",\"period_to\":\"$to\"}"
    wait_job timekeeper "$location" "timesheets"
    left_out=$(jq -r '.result.left_out // 0' <<<"$answer")
    wait_idle
    [ "$left_out" != 0 ] || return 0
    note "$left_out were left out"
  done
}
pay_period () {
  local from=$1 to=$2 period payrun path
  post payroll /v1/pay-periods "{\"from\":\"$from\",\"to\":\"$to\",\"pay_after_days\":5}"
  get payroll "/v1/pay-periods?limit=100"
  period=$(jq -er --arg from "$from" '.items[] | select(.period_from == $from) | .pay_period_id' <<<"$answer") || die "no pay period from $from"
  post payroll /v1/payruns "{\"pay_period_id\":\"$period\",\"kind\":\"regular\"}"
  payrun=$(jq -er .payrun_id <<<"$answer")
  path=/v1/payruns/$payrun
  local calculating
  calculating=$(date +%s.%N)
  change payroll POST "$path" "$path/calculate"
  wait_job payroll "$location" "payrun"
  payrun_seconds+=("$(seconds_since "$calculating")")
  get payroll "$path"
  note "$(jq -r '"\(.paysheets) paysheets, \(.errors) with errors: gross \(.gross), net \(.net), deferred \(.deferred)"' <<<"$answer")"
  change payroll POST "$path" "$path/submit"
  change controller POST "$path" "$path/verify"
  change hr.manager POST "$path" "$path/approve"
  change payroll POST "$path" "$path/close"
  [ -z "$location" ] || [[ $location != */jobs/* ]] || wait_job payroll "$location" "closing"
  wait_idle
  get payroll "$path"
  [ "$(jq -r .state <<<"$answer")" = CLOSED ] || die "payrun of $from..$to is $(jq -r .state <<<"$answer")"
  note "closed"
  payruns+=("$answer")
}

payruns=() payrun_seconds=()
seconds_finalise=0
for period in one two; do
  declare -n span=period_$period
  step "The half-month ${span[0]} to ${span[1]}"
  started=$(date +%s.%N)
  finalise_period "${span[0]}" "${span[1]}"
  seconds_finalise=$(awk -v a="$seconds_finalise" -v b="$(seconds_since "$started")" 'BEGIN { printf "%.3f", a + b }')
  pay_period "${span[0]}" "${span[1]}"
done

# ---- checks and summary --------------------------------------------------------------------------------------------

step "Checks"
. "$top/packaging/demo/checks.sh"
run_checks
jq -r '.[] | "           \(if .ok then "ok    " else "WRONG " end) \(.name)\(if .detail != "" then ": " + .detail else "" end)"' <<<"$checks"

totals=$(printf '%s\n' "${payruns[@]}" | jq -s '
  def money: (. // "0") | tostring | (if startswith("-") then -1 else 1 end) as $s | ltrimstr("-") | split(".") | $s * ((.[0] | tonumber) * 100 + ((.[1] // "00") | tonumber));
  def text: (if . < 0 then "-" else "" end) + ((if . < 0 then -. else . end) | floor as $c | "\(($c / 100) | floor).\(($c % 100) + 100 | tostring | .[1:])");
  { paysheets: (map(.paysheets) | add), gross: (map(.gross | money) | add | text), net: (map(.net | money) | add | text),
    deferred: (map(.deferred | money) | add | text),
    payruns: map({ period_from, period_to, paysheets, gross, statutory, tax, obligations, net, deferred, employer, sha256 }) }')
counts=$(sql armms -At -v tenant="$tenant" -f "$top/packaging/demo/counts.sql")
result=$(jq -n --argjson sample "$sample" --argjson played "$played" --argjson totals "$totals" --argjson counts "$counts" --argjson checks "$checks" \
  --argjson guards "$guards" --arg ingest "$seconds_ingest" --arg drain "$seconds_drain" --arg finalise "$seconds_finalise" \
  --arg payrun "$(printf '%s\n' "${payrun_seconds[@]}" | awk '{ s += $1 } END { printf "%.3f", s }')" '
  { guards: $guards } + $counts + { duplicates: $played.duplicate } + ($totals | del(.payruns))
  + { payruns: ($totals.payruns | map(with_entries(select(.value != null)))),
      seconds: { ingest: ($ingest | tonumber), drain: ($drain | tonumber), finalise: ($finalise | tonumber), payrun: ($payrun | tonumber) },
      checks: $checks }')
[ -z "$summary" ] || printf '%s\n' "$result" >"$summary"

step "Summary"
jq -r '"           \(.guards) guards at \(.detachments) detachments; \(.clock_events) clock events, \(.duplicates) told twice",
       "           \(.time_logs) time logs, \(.dtr_lines) daily records, \(.timesheets) timesheets, \(.paysheets) paysheets",
       "           gross \(.gross), net \(.net), deferred \(.deferred)",
       "           ingest \(.seconds.ingest) s, drain \(.seconds.drain) s, finalise \(.seconds.finalise) s, payruns \(.seconds.payrun) s",
       "           \([.checks[] | select(.ok)] | length) of \(.checks | length) checks ok"' <<<"$result"
[ "$(jq '[.checks[] | select(.ok | not)] | length' <<<"$result")" = 0 ] || die "not every check is ok"

finished=yes
if [ $headless = no ] && [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ -x "$build/client/armms" ]; then
  step "The desktop"
  . "$top/packaging/demo/desktop.sh"
  open_desktop
fi
if [ $keep = yes ]; then
  cat <<TEXT

Left running: $url (certificate: $state/tls.crt)
Sign in to "bantay" with the password $password as
$(sql armms -At -F '  ' -c "select format('  %-34s %s', u.login, string_agg(r.name, ', ')) from iam.users as u join iam.user_roles as x using (user_id) join iam.roles as r on r.tenant_id = x.tenant_id and r.role_id = x.role_id where x.tenant_id = '$tenant' group by u.login order by u.login")
Stop it: packaging/demo.sh --stop
TEXT
fi

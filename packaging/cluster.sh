#!/usr/bin/env bash
# A private PostgreSQL cluster: its own folder, a unix socket only, a free port, pg_cron and pg_partman at hand.
#
# Usage: packaging/cluster.sh start DIR [--cron-database NAME] [--fast]
#        packaging/cluster.sh stop DIR | restart DIR | status DIR | env DIR | remove DIR
#
#   start   makes the cluster in DIR when there is none, starts it, prints SOCKET=... PORT=...
#   env     prints the same of a running cluster
#   remove  stops it and takes it away, with what stands outside of DIR
#   --fast  for tests only: no fsync (a power cut may lose it; killed processes do not)
#
# PostgreSQL will not run as root: then the cluster belongs to the user "postgres" of the Debian package. Local roles are
# trusted on the socket, whose folder nobody else may enter; there is no TCP. Nothing outside of DIR is touched but a private
# folder under /tmp: for the socket where DIR's name is too long for one, for the data where the cluster's user cannot enter DIR.
set -euo pipefail

usage () { sed -n '2,12p' "$0" >&2; exit 2; }
[ $# -ge 2 ] || usage
command=$1
directory=$2
shift 2
cron_database=armms
fast=no
while [ $# -gt 0 ]; do
  case $1 in
    --cron-database) cron_database=$2; shift 2 ;;
    --fast) fast=yes; shift ;;
    *) usage ;;
  esac
done

version=$({ ls /usr/lib/postgresql 2>/dev/null || true; } | sort -n | tail -n 1)
[ -n "$version" ] || { echo "PostgreSQL is not installed: run packaging/dependencies.sh" >&2; exit 1; }
bin=/usr/lib/postgresql/$version/bin

mkdir -p "$directory"
directory=$(cd "$directory" && pwd)

as_owner=()
if [ "$(id -u)" -eq 0 ]; then
  as_owner=(runuser -u postgres --)
fi

# The data folder: in DIR, unless the cluster's user cannot get there (a root-only home).
data_of () {
  if [ -s "$directory/data-folder" ]; then cat "$directory/data-folder"; return; fi
  local data=$directory/data
  if [ ${#as_owner[@]} -gt 0 ]; then
    chown postgres "$directory"
    if ! "${as_owner[@]}" test -x "$directory" 2>/dev/null; then
      data=$(mktemp -d /tmp/armms-cluster-XXXXXX)/data
      chown postgres "$(dirname "$data")"
    fi
  fi
  echo "$data" > "$directory/data-folder"
  echo "$data"
}

# A socket's path has room for 107 letters.
socket_of () {
  if [ -s "$directory/socket-folder" ]; then cat "$directory/socket-folder"; return; fi
  local base socket
  base=$(dirname "$(data_of)")
  socket=$base/socket
  if [ ${#socket} -gt 85 ]; then
    socket=$(mktemp -d /tmp/armms-socket-XXXXXX)
    [ ${#as_owner[@]} -eq 0 ] || chown postgres "$socket"
  fi
  echo "$socket" > "$directory/socket-folder"
  echo "$socket"
}

running () { "${as_owner[@]}" "$bin/pg_ctl" -D "$(data_of)" status >/dev/null 2>&1; }

# Without TCP a port is only part of the socket's name: any number is free in a folder of our own.
port=5432

print_env () { printf 'SOCKET=%s\nPORT=%s\nBIN=%s\n' "$(socket_of)" "$port" "$bin"; }

make () {
  local data=$1 socket=$2
  "${as_owner[@]}" "$bin/initdb" -D "$data" -U postgres -E UTF8 --locale=C.UTF-8 --data-checksums --auth=trust >"$directory/initdb.log" 2>&1 \
    || { cat "$directory/initdb.log" >&2; exit 1; }
  local preload=''
  [ ! -e "/usr/lib/postgresql/$version/lib/pg_cron.so" ] || preload=pg_cron
  {
    echo "listen_addresses = ''"
    echo "unix_socket_directories = '$socket'"
    echo "unix_socket_permissions = 0700"
    echo "port = $port"
    echo "max_connections = 200"
    echo "shared_buffers = 256MB"
    echo "work_mem = 16MB"
    echo "maintenance_work_mem = 128MB"
    echo "max_wal_size = 2GB"
    echo "checkpoint_completion_target = 0.9"
    echo "wal_compression = lz4"
    echo "random_page_cost = 1.1"
    echo "jit = off"
    echo "timezone = 'UTC'"
    echo "log_min_duration_statement = 2000"
    echo "log_line_prefix = '%m [%p] %u@%d '"
    echo "password_encryption = scram-sha-256"
    echo "idle_in_transaction_session_timeout = 60s"
    if [ -n "$preload" ]; then
      echo "shared_preload_libraries = '$preload'"
      echo "cron.database_name = '$cron_database'"
      echo "cron.host = '$socket'"
    fi
    if [ $fast = yes ]; then
      echo "fsync = off"
      echo "synchronous_commit = on"
      echo "full_page_writes = off"
    fi
  } | "${as_owner[@]}" tee -a "$data/postgresql.conf" >/dev/null
}

case $command in
  start)
    data=$(data_of)
    socket=$(socket_of)
    if [ ${#as_owner[@]} -gt 0 ]; then
      install -d -o postgres -m 0700 "$socket"
    else
      mkdir -p "$socket"
      chmod 0700 "$socket"
    fi
    [ -s "$data/PG_VERSION" ] || make "$data" "$socket"
    if ! running; then
      # A cluster that was killed leaves its pid file; pg_ctl copes, but not with a live process of the same number.
      log=$(dirname "$data")/postgresql.log
      "${as_owner[@]}" "$bin/pg_ctl" -D "$data" -l "$log" -w -t 60 start >"$directory/start.log" 2>&1 \
        || { cat "$directory/start.log" >&2; tail -n 20 "$log" >&2; exit 1; }
    fi
    print_env
    ;;
  stop)
    if running; then "${as_owner[@]}" "$bin/pg_ctl" -D "$(data_of)" -m fast -w -t 60 stop >/dev/null; fi
    ;;
  restart)
    "${as_owner[@]}" "$bin/pg_ctl" -D "$(data_of)" -m fast -w -t 60 -l "$(dirname "$(data_of)")/postgresql.log" restart >/dev/null
    print_env
    ;;
  remove)
    if running; then "${as_owner[@]}" "$bin/pg_ctl" -D "$(data_of)" -m immediate -w -t 60 stop >/dev/null; fi
    for folder in "$(dirname "$(data_of)")" "$(socket_of)"; do
      case $folder in /tmp/armms-cluster-??????|/tmp/armms-socket-??????) rm -rf "$folder" ;; esac
    done
    rm -rf "$directory"
    ;;
  status) running ;;
  env) print_env ;;
  *) usage ;;
esac

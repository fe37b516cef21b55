#!/usr/bin/env bash
# Installs what is missing, as Debian packages (12 and 13), through sudo when not root.
#
# Usage: packaging/dependencies.sh [--check] [build] [test] [bench]     (build and test when none is named)
#   --check  installs nothing; lists what is missing and ends with 1 when something is
set -euo pipefail

check=no
groups=()
for argument in "$@"; do
  case $argument in
    --check) check=yes ;;
    build | test | bench) groups+=("$argument") ;;
    *) sed -n '2,5p' "$0" >&2; exit 2 ;;
  esac
done
[ ${#groups[@]} -gt 0 ] || groups=(build test)

build_packages=(
  build-essential meson ninja-build pkg-config ccache python3 gettext
  libglib2.0-dev libjson-glib-dev libsoup-3.0-dev libpq-dev libsodium-dev libssl-dev libjwt-dev libsystemd-dev
  libpango1.0-dev libcairo2-dev libgtk-4-dev libadwaita-1-dev libsecret-1-dev
  glib-networking ca-certificates adwaita-icon-theme librsvg2-common fonts-dejavu-core gsettings-desktop-schemas libgtk-4-bin
  postgresql openssl curl jq procps util-linux
)
test_packages=(
  xvfb openbox xdotool imagemagick x11-utils at-spi2-core dbus dbus-daemon gir1.2-atspi-2.0 python3-gi
  gnome-keyring libsecret-tools desktop-file-utils appstream poppler-utils
)

bench_packages=(wrk)

# The extensions are packaged per major version of the server that Debian ships.
server_version=$({ ls /usr/lib/postgresql 2>/dev/null || true; } | sort -n | tail -n 1)
if [ -z "$server_version" ]; then
  server_version=$(. /etc/os-release; case ${VERSION_ID:-12} in 12) echo 15 ;; 13) echo 17 ;; *) echo 17 ;; esac)
fi
build_packages+=("postgresql-$server_version" "postgresql-$server_version-cron" "postgresql-$server_version-partman")

wanted=()
for group in "${groups[@]}"; do
  case $group in
    build) wanted+=("${build_packages[@]}") ;;
    bench) wanted+=("${bench_packages[@]}") ;;
    test) wanted+=("${test_packages[@]}") ;;
  esac
done

installed=$(dpkg-query -W -f '${db:Status-Abbrev} ${binary:Package}\n' 2>/dev/null | awk '$1 == "ii" { sub(/:.*/, "", $2); print $2 }' | sort)
missing=()
for package in "${wanted[@]}"; do
  grep -qxF "$package" <<<"$installed" || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

if [ $check = yes ]; then
  printf 'missing: %s\n' "${missing[*]}"
  exit 1
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "Missing packages: ${missing[*]}. Install them as root, or install sudo." >&2; exit 1; }
  as_root=(sudo)
fi
printf 'Installing %d Debian packages: %s\n' "${#missing[@]}" "${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
install=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}")
log=$(mktemp)
if ! "${install[@]}" >"$log" 2>&1; then
  "${as_root[@]}" apt-get update -q >>"$log" 2>&1 || true
  "${install[@]}" >>"$log" 2>&1 || { tail -n 30 "$log" >&2; echo "Could not install the packages; the whole log is $log" >&2; exit 1; }
fi
rm -f "$log"

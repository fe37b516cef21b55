#!/usr/bin/env bash
# headless.sh CMD...: runs CMD with an X server, a session bus, a window manager, a home and (with ARMMS_KEYRING=unlocked)
# a keyring of its own; nothing of the user's is read or written, and several may run side by side.
set -u
run=$(mktemp -d "${TMPDIR:-/tmp}/armms-headless.XXXXXX")
chmod 700 "$run"
mkdir -p "$run/runtime" "$run/home/.local/share" "$run/home/.config" "$run/home/.cache"
chmod 700 "$run/runtime"
export XDG_RUNTIME_DIR="$run/runtime" HOME="$run/home"
export XDG_DATA_HOME="$HOME/.local/share" XDG_CONFIG_HOME="$HOME/.config" XDG_CACHE_HOME="$HOME/.cache"
export GDK_BACKEND=x11 GSK_RENDERER=cairo ADW_DISABLE_PORTAL=1 LC_ALL="${ARMMS_TEST_LOCALE:-C.UTF-8}"
export GTK_A11Y="${GTK_A11Y:-atspi}"
unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS AT_SPI_BUS_ADDRESS

# A payslip is "opened" by a program that does nothing: no viewer of the machine takes the keyboard away.
mkdir -p "$XDG_DATA_HOME/applications"
printf '[Desktop Entry]\nType=Application\nName=Nothing\nExec=true\nNoDisplay=true\nMimeType=application/pdf;\n' > "$XDG_DATA_HOME/applications/nothing.desktop"
printf '[Default Applications]\napplication/pdf=nothing.desktop\n' > "$XDG_CONFIG_HOME/mimeapps.list"

exec 9> "$run/display"
Xvfb -displayfd 9 -screen 0 "${ARMMS_TEST_SCREEN:-1440x900x24}" -nolisten tcp > "$run/xvfb.log" 2>&1 &
screen=$!
for _ in $(seq 200); do [ -s "$run/display" ] && break; sleep 0.05; done
if [ ! -s "$run/display" ]; then
  echo "Xvfb did not start:" >&2
  cat "$run/xvfb.log" >&2
  kill "$screen" 2> /dev/null
  rm -rf "$run"
  exit 77
fi
exec 9>&-
DISPLAY=":$(cat "$run/display")"
export DISPLAY

# Inside the session: a window manager, the keyring, then the command; all of them end with the session. Only the command
# speaks on standard output: what the session's services say there would spoil a test's TAP.
dbus-run-session -- bash -c '
  openbox > /dev/null 2>&1 & manager=$!
  if [ "${ARMMS_KEYRING:-}" = unlocked ]; then
    printf "\n" | gnome-keyring-daemon --unlock --components=secrets > /dev/null 2>&1
  fi
  "$@" >&3 3>&-; status=$?
  kill "$manager" 2> /dev/null
  exit $status' headless "$@" 3>&1 1>&2
status=$?
kill "$screen" 2> /dev/null
wait "$screen" 2> /dev/null
rm -rf "$run"
exit $status

# Sourced by demo.sh. The desktop, signed in as the payroll officer, until its window is closed.
#
# A refresh token goes over in a file that only this user can read; the program removes it once it has read it.
open_desktop () {
  local pass=$state/run/sign-in
  rm -f "$pass"
  (umask 077; curl -sS --fail-with-body --cacert "$state/tls.crt" -H 'Content-Type: application/json' \
    -d "{\"login\":\"payroll@bantay.example\",\"password\":\"$password\",\"tenant\":\"bantay\"}" "$url/v1/auth/login" | jq -er .refresh_token >"$pass") \
    || { note "the payroll officer cannot sign in"; return; }
  note "signed in as payroll@bantay.example (password $password)"
  "$build/client/armms" --server "$url" --ca-file "$state/tls.crt" --tenant bantay --workspace payroll --sign-in-file "$pass" \
    >>"$state/log/desktop.log" 2>&1 || note "the desktop ended with $?: $state/log/desktop.log"
  rm -f "$pass"
}

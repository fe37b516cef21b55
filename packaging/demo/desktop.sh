# Sourced by demo.sh. The desktop, signed in as the payroll officer, until its window is closed.
open_desktop () {
  note "sign in as payroll@bantay.example, password $password"
  SSL_CERT_FILE="$state/tls.crt" "$build/client/armms" --server "$url" --login payroll@bantay.example --tenant bantay >>"$state/log/desktop.log" 2>&1 || note "the desktop ended with $?: $state/log/desktop.log"
}

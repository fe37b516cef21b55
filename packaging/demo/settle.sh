# Sourced by demo.sh. What a timekeeper does: looks at what stands in the way and decides it, with a reason.
settle_anomalies () {
  local from=$1 to=$2 cursor='' n=0 list=$state/run/anomalies requests=$state/run/requests
  : >"$list"
  while :; do
    get timekeeper "/v1/anomalies?state=open&severity=blocking&limit=500${cursor:+&cursor=$cursor}"
    jq -r --arg from "$from" --arg to "$to" '.items[] | select(.duty_date >= $from and .duty_date <= $to) | "\(.anomaly_id) \(.code)"' <<<"$answer" >>"$list"
    cursor=$(jq -r '.next_cursor // "" | @uri' <<<"$answer")
    [ -n "$cursor" ] || break
  done
  n=$(wc -l <"$list")
  [ "$n" -gt 0 ] || return 0
  note "the timekeeper settles $n anomalies"
  token timekeeper
  # One curl for all of them, some at once, each with a key of its own.
  awk -v url="$url" -v ca="$state/tls.crt" -v token="${tokens[timekeeper]}" -v salt="$from$RANDOM$RANDOM" '
    NR > 1 { print "next" }
    { printf "url = \"%s/v1/anomalies/%s/resolve\"\nrequest = POST\ncacert = \"%s\"\nsilent\nshow-error\noutput = /dev/null\nwrite-out = \"%%{http_code}\\n\"\n", url, $1, ca
      printf "header = \"Authorization: Bearer %s\"\nheader = \"Content-Type: application/json\"\nheader = \"Idempotency-Key: settle-%s-%d\"\n", token, salt, NR
      printf "data = \"{\\\"action\\\":\\\"%s\\\",\\\"reason\\\":\\\"%s\\\"}\"\n", "accept", "seen by the timekeeper: " tolower($2) }' "$list" >"$requests"
  curl --parallel --parallel-max 6 --config "$requests" >"$state/run/codes" 2>>"$state/log/settle.log" || true
  if grep -qv '^2' "$state/run/codes"; then
    note "$(grep -cv '^2' "$state/run/codes") could not be settled"
  fi
  wait_idle
}

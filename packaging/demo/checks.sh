# Sourced by demo.sh. $checks: [{name, ok, detail}].
checks='[]'
add_check () { # NAME true|false DETAIL
  checks=$(jq -c --arg name "$1" --argjson ok "$2" --arg detail "${3:-}" '. + [{name: $name, ok: $ok, detail: $detail}]' <<<"$checks")
}
add_rows () { # FILE with rows name|ok|detail
  checks=$(jq -c --rawfile rows "$1" '. + [$rows | split("\n")[] | select(. != "") | split("\u001f") | {name: .[0], ok: (.[1] == "t"), detail: (.[2] // "")}]' <<<"$checks")
}

# The register is what the bank and the client see: its columns must add up to the payrun.
check_registers () {
  local wrong=0 payrun net gross
  for payrun in "${payruns[@]}"; do
    token payroll
    curl -sS --fail --cacert "$state/tls.crt" -H "Authorization: Bearer ${tokens[payroll]}" \
      "$url/v1/payruns/$(jq -r .payrun_id <<<"$payrun")/register.csv" >"$state/run/register.csv" || { wrong=$((wrong + 1)); continue; }
    read -r gross net <<<"$(python3 - "$state/run/register.csv" <<'PYTHON'
import csv, sys
from decimal import Decimal
sums = {"gross": Decimal(0), "net": Decimal(0)}
with open(sys.argv[1], newline="", encoding="utf-8-sig") as file:
    for row in csv.DictReader(file):
        row = {(key or "").strip().lower(): value for key, value in row.items()}
        if row.get("employee_no"):
            for name in sums:
                sums[name] += Decimal(row[name])
print(f"{sums['gross']:.2f} {sums['net']:.2f}")
PYTHON
)"
    [ "$gross" = "$(jq -r .gross <<<"$payrun")" ] && [ "$net" = "$(jq -r .net <<<"$payrun")" ] || wrong=$((wrong + 1))
  done
  add_check "the registers add up to their payruns" "$([ $wrong = 0 ] && echo true || echo false)" "$wrong do not"
}

run_checks () {
  local sent snapshots seals recomputed
  sent=$(jq -r .events <<<"$sample")
  sql armms -At -F $'\x1f' -v tenant="$tenant" -v sent="$sent" -f "$top/packaging/demo/checks-main.sql" >"$state/run/checks"
  add_rows "$state/run/checks"

  IFS='|' read -r snapshots seals <<<"$(sql armms -At -v tenant="$tenant" <<'SQL'
select count(*), coalesce(md5(string_agg(s.sha256, ',' order by s.timesheet_id, s.version)), '')
  from timekeeping.timesheet_snapshots as s where s.tenant_id = :'tenant' and s.period_from >= '2026-05-01'
SQL
)"
  # The law's tables stand in the main database; payroll may not.
  {
    cat <<'SQL'
create temp table law_rows (scheme text, at_least bigint, not_over bigint, employee bigint, employee_mpf bigint, employer bigint, employer_mpf bigint,
                            employer_ec bigint, employee_rate bigint, employer_rate bigint, base_floor bigint, base_ceiling bigint);
copy law_rows from stdin;
SQL
    sql armms -c "copy (select t.scheme, r.at_least_centavos, r.not_over_centavos, r.employee_centavos, r.employee_mpf_centavos, r.employer_centavos,
                               r.employer_mpf_centavos, r.employer_ec_centavos, r.employee_rate, r.employer_rate, r.base_floor_centavos, r.base_ceiling_centavos
                          from gov.contribution_tables as t join gov.contribution_rows as r using (tenant_id, contribution_table_id)
                         where t.tenant_id = '$tenant' and t.valid_from <= '2026-05-31' and coalesce(t.valid_to, 'infinity') >= '2026-05-31') to stdout"
    printf '\\.\n'
    echo 'create temp table law_tax (period text, over bigint, base bigint, rate bigint); copy law_tax from stdin;'
    sql armms -c "copy (select t.period, b.over_centavos, b.base_tax_centavos, b.rate
                          from gov.tax_tables as t join gov.tax_brackets as b using (tenant_id, tax_table_id)
                         where t.tenant_id = '$tenant' and t.valid_from <= '2026-05-31' and coalesce(t.valid_to, 'infinity') >= '2026-05-31') to stdout"
    printf '\\.\n'
    cat "$top/packaging/demo/checks-payroll.sql"
  } | sql "$payroll_database" -At -F $'\x1f' -v tenant="$tenant" -v snapshots="$snapshots" -v seals="$seals" -f - >"$state/run/checks"
  add_rows "$state/run/checks"
  check_registers

  if ctl recompute --check --tenant "$tenant" >"$state/log/recompute.log" 2>&1; then recomputed=true; else recomputed=false; fi
  add_check "recomputed from clock events, everything is as it was derived" "$recomputed" "$(tail -n 1 "$state/log/recompute.log")"

  sql armms -At -c "select audit.seal(1000000)" >/dev/null
  seals=$(sql armms -At -c "select count(*) from audit.verify()")
  add_check "the audit chain holds" "$([ "$seals" = 0 ] && echo true || echo false)" "$seals breaks"
}

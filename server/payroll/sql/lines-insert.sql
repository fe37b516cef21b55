-- lines-insert: the lines of many paysheets; a number that does not apply is -9223372036854775808 and becomes null
--   $1 date last day of the period, $2 uuid[] paysheets, $3 bigint[] numbers, $4 text[] kinds, $5 text[] codes, $6 text[] titles, $7 text[] classes,
--   $8 bigint[] minutes, $9 bigint[] rates, $10 bigint[] per minutes, $11 bigint[] multipliers, $12 bigint[] due, $13 bigint[] waived,
--   $14 bigint[] deferred, $15 bigint[] amounts, $16 bigint[] basic, $17 uuid[] sources, $18 uuid[] detachments
insert into payroll.paysheet_lines (tenant_id, period_to, created_by, updated_by, paysheet_id, line_no, kind, code, title, pay_class, minutes, rate_centavos,
                                    rate_minutes, multiplier, due_centavos, waived_centavos, deferred_centavos, amount_centavos, basic_centavos,
                                    source_id, detachment_id)
select (select platform.current_tenant_id()), $1::date, (select platform.current_user_id()), (select platform.current_user_id()), l.paysheet, l.line_no,
       l.kind, l.code, l.title, l.pay_class, nullif(l.minutes, -9223372036854775808), nullif(l.rate, -9223372036854775808),
       nullif(l.rate_minutes, -9223372036854775808), nullif(l.multiplier, -9223372036854775808), nullif(l.due, -9223372036854775808),
       nullif(l.waived, -9223372036854775808), nullif(l.deferred, -9223372036854775808), l.amount, nullif(l.basic, -9223372036854775808),
       l.source, l.detachment
  from unnest($2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[],
              $12::bigint[], $13::bigint[], $14::bigint[], $15::bigint[], $16::bigint[], $17::uuid[], $18::uuid[])
       as l (paysheet, line_no, kind, code, title, pay_class, minutes, rate, rate_minutes, multiplier, due, waived, deferred, amount, basic, source,
             detachment);

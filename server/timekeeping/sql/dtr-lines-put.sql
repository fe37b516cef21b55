-- dtr-lines-put: lines of the daily time record as they shall stand, where one stands already
--   $1 uuid[] employees, $2 date[] duty dates, $3 uuid[] detachments, $4 uuid[] shifts, $5 uuid[] positions, $6 uuid[] reliefs, $7 uuid[] lines,
--   $8 uuid[] assignments, $9 to $12 timestamptz[] planned start, planned end, in, out, $13 bigint[] hashes, $14 to $25 bigint[] minutes: scheduled,
--   worked, regular, overtime, night, late, undertime, absent, paid leave, unpaid leave, breaks, unworked holiday, $26 boolean[] rest days,
--   $27 text[] states, $28 jsonb[] cells, $29 text[] codes, comma between
insert into timekeeping.dtr_lines as d (tenant_id, employee_id, duty_date, detachment_id, shift_id, position_id, relief_id, dtr_line_id,
       assignment_id, starts_at, ends_at, in_at, out_at, row_hash, scheduled_minutes, worked_minutes, regular_minutes, overtime_minutes,
       night_minutes, late_minutes, undertime_minutes, absent_minutes, leave_paid_minutes, leave_unpaid_minutes, break_minutes,
       holiday_unworked_minutes, rest_day, state, cells, codes)
select (select platform.current_tenant_id()), u.employee_id, u.duty_date, u.detachment_id, u.shift_id, u.position_id,
       coalesce(u.relief_id, '00000000-0000-0000-0000-000000000000'), u.dtr_line_id, u.assignment_id, u.starts_at, u.ends_at, u.in_at, u.out_at,
       u.row_hash, u.scheduled, u.worked, u.regular, u.overtime, u.night, u.late, u.undertime, u.absent, u.leave_paid, u.leave_unpaid,
       u.breaks, u.holiday, u.rest_day, u.state, u.cells, string_to_array(u.codes, ',')
  from unnest($1::uuid[], $2::date[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[], $8::uuid[], $9::timestamptz[],
              $10::timestamptz[], $11::timestamptz[], $12::timestamptz[], $13::bigint[], $14::bigint[], $15::bigint[], $16::bigint[],
              $17::bigint[], $18::bigint[], $19::bigint[], $20::bigint[], $21::bigint[], $22::bigint[], $23::bigint[], $24::bigint[],
              $25::bigint[], $26::boolean[], $27::text[], $28::jsonb[], $29::text[])
       as u (employee_id, duty_date, detachment_id, shift_id, position_id, relief_id, dtr_line_id, assignment_id, starts_at, ends_at, in_at,
             out_at, row_hash, scheduled, worked, regular, overtime, night, late, undertime, absent, leave_paid, leave_unpaid, breaks, holiday,
             rest_day, state, cells, codes)
    on conflict (tenant_id, employee_id, duty_date, detachment_id, shift_id, position_id, relief_id) do update
   set assignment_id = excluded.assignment_id,
       starts_at = excluded.starts_at,
       ends_at = excluded.ends_at,
       in_at = excluded.in_at,
       out_at = excluded.out_at,
       row_hash = excluded.row_hash,
       scheduled_minutes = excluded.scheduled_minutes,
       worked_minutes = excluded.worked_minutes,
       regular_minutes = excluded.regular_minutes,
       overtime_minutes = excluded.overtime_minutes,
       night_minutes = excluded.night_minutes,
       late_minutes = excluded.late_minutes,
       undertime_minutes = excluded.undertime_minutes,
       absent_minutes = excluded.absent_minutes,
       leave_paid_minutes = excluded.leave_paid_minutes,
       leave_unpaid_minutes = excluded.leave_unpaid_minutes,
       break_minutes = excluded.break_minutes,
       holiday_unworked_minutes = excluded.holiday_unworked_minutes,
       rest_day = excluded.rest_day,
       state = excluded.state,
       cells = excluded.cells,
       codes = excluded.codes,
       updated_at = now(),
       updated_by = (select platform.current_user_id())
 where d.row_hash <> excluded.row_hash

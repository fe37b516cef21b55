-- shifts-insert: a set of shifts, one array per column
insert into hr_core.shifts
       (shift_id, code, name, start_minute, end_minute, break_mode, break_minutes, break_start_minute, grace_in_minutes, grace_out_minutes, status)
select shift_id, code, name, start_minute, end_minute, break_mode, break_minutes, nullif(break_start_minute, 0), grace_in_minutes, grace_out_minutes, status
  from unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::text[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::text[])
    as n (shift_id, code, name, start_minute, end_minute, break_mode, break_minutes, break_start_minute, grace_in_minutes, grace_out_minutes, status)
 order by shift_id;

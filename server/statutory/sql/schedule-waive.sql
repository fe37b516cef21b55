-- schedule-waive: an approved waiver of one employee share; refused once the month was taken
--   $1 uuid id, $2 uuid employee, $3 date month, $4 text scheme, $5 boolean all, $6 bigint amount, $7 text follow-up, $8 jsonb plan
insert into gov.schedules as s (schedule_id, employee_id, month, scheme, status, waived_all, waived_centavos, follow_up, follow_up_plan)
values ($1::uuid, $2::uuid, $3::date, $4::text, 'WAIVED', $5::boolean, $6::bigint, $7::text, $8::jsonb)
on conflict (tenant_id, employee_id, month, scheme) do update
   set status = 'WAIVED', waived_all = excluded.waived_all, waived_centavos = excluded.waived_centavos,
       follow_up = excluded.follow_up, follow_up_plan = excluded.follow_up_plan, version = s.version + 1
 where s.employee_due_centavos = 0
returning s.schedule_id

-- schedule-set: work that recurs, for the unit's tenant
--   $1 text    schedule
--   $2 text    kind
--   $3 bigint  every so many minutes
--   $4 bigint  minutes after midnight in Manila
--   $5 jsonb   payload
insert into queue.schedules (tenant_id, schedule_id, queue_name, every, phase, message)
values (platform.current_tenant_id(), $1, $2, $3::bigint * interval '1 minute', $4::bigint * interval '1 minute', $5)
    on conflict (tenant_id, schedule_id) do update
   set queue_name = excluded.queue_name, every = excluded.every, phase = excluded.phase, message = excluded.message

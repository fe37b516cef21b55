-- 0018  queue: pg_cron ticks as the worker, who can log in
--
-- Why    pg_cron runs a job as the role that scheduled it, over a connection of its own; armms_owner cannot log in, so every tick
--        failed. cluster.sql, which a superuser runs, schedules it as armms_worker now.
-- Locks  none.
do $$
begin
  if exists (select from pg_extension where extname = 'pg_cron') then
    perform cron.unschedule('armms-queue-tick');
  end if;
exception when others then
  raise notice 'armms_owner had no tick to take back: %', sqlerrm;
end
$$;

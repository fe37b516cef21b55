-- 0004  platform: what every room may use of it
--
-- Why    defaults, policies and statements of all rooms call the current-tenant functions; the rest is named one by one.
-- Locks  none.
do $$
declare
  room text;
begin
  for room in select r.room from platform.rooms as r loop
    execute format('grant usage on schema platform to %I', 'armms_room_' || room);
  end loop;
end
$$;
grant select on platform.rooms, platform.guarded_tables, platform.monthly_tables, platform.migrations to armms_room_platform;

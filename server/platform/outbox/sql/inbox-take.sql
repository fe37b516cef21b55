-- inbox-take: which of these has this consumer not seen? They count as seen with this unit
--   $1 text    consumer
--   $2 uuid[]  events
insert into {schema}.{schema}_inbox (tenant_id, consumer, event_id)
select platform.current_tenant_id(), $1, e
  from unnest($2::uuid[]) as e
    on conflict (tenant_id, consumer, event_id) do nothing
returning event_id

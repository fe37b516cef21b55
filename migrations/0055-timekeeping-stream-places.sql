-- 0055  timekeeping: the stream of clock events says whose and when
--
-- Why    comparisons of xid8 are not leakproof: under row-level security they are no index condition, and reading the content of a
--        portion by its range of (xid, id) read all that a slot ever held. The positions come from a definer function, where the index
--        works; with the employee, the instant and the device beside them nothing else has to be read for a portion.
-- Tenant keys and instants only, no content; a policy of armms_stream opens just these columns.
-- Locks  none to speak of.
grant select (event_ts, employee_id, device_id, received_at, clock_offset_seconds) on timekeeping.clock_events to armms_stream;

create function timekeeping.clock_event_places_next(p_slot smallint, p_after_xid xid8, p_after_id uuid, p_limit integer)
returns table (xid xid8, id uuid, tenant_id uuid, event_ts timestamptz, employee_id uuid, device_id uuid, received_at timestamptz,
               clock_offset_seconds integer)
language plpgsql stable security definer set search_path = pg_catalog set enable_seqscan = off as $$
begin
  return query
  select e.xid, e.clock_event_id, e.tenant_id, e.event_ts, e.employee_id, e.device_id, e.received_at, e.clock_offset_seconds
    from timekeeping.clock_events as e
   where e.slot = p_slot
     and (e.xid, e.clock_event_id) > (p_after_xid, p_after_id)
     and e.xid < pg_snapshot_xmin(pg_current_snapshot())
   order by e.xid, e.clock_event_id
   limit p_limit;
end
$$;
comment on function timekeeping.clock_event_places_next is 'What the derivation reads next: positions and tenants, whose and when, no content.';
revoke execute on function timekeeping.clock_event_places_next(smallint, xid8, uuid, integer) from public;
grant execute on function timekeeping.clock_event_places_next(smallint, xid8, uuid, integer) to armms_worker;
grant create on schema timekeeping to armms_stream;
alter function timekeeping.clock_event_places_next(smallint, xid8, uuid, integer) owner to armms_stream;
revoke create on schema timekeeping from armms_stream;

-- derive-lock: one after the other in each slot, until the unit ends; always in the order of the numbers
--   $1 bigint[]  slots, ascending
select count(pg_advisory_xact_lock(hashtextextended('timekeeping.derive', s.slot)))
  from (select slot from unnest($1::bigint[]) as u (slot) order by slot) as s

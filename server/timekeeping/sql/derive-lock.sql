-- derive-lock: one after the other in each slot, until the unit ends; always in the order of the numbers. For the same unit the planner
-- is told to look things up by index: plans are kept, and one that was made while a month was still empty would read all of it for ever;
-- and to make each plan once: the arrays change, what is looked up how does not
--   $1 bigint[]  slots, ascending
select count(pg_advisory_xact_lock(hashtextextended('timekeeping.derive', s.slot))) as locks,
       set_config('enable_seqscan', 'off', true) as look_up,
       set_config('plan_cache_mode', 'force_generic_plan', true) as plan_once
  from (select slot from unnest($1::bigint[]) as u (slot) order by slot) as s

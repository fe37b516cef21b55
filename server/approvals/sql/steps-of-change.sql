-- steps-of-change: the trail
--   $1 uuid change
select s.step, s.taken_by, s.taken_at, s.reason, s.marks
  from audit.change_steps as s
 where s.tenant_id = (select platform.current_tenant_id())
   and s.change_id = $1
 order by s.taken_at, s.step;

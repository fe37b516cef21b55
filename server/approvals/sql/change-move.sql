-- change-move: the change's new state
--   $1 uuid change, $2 text state, $3 boolean is it decided
update audit.change_requests as r
   set state = $2,
       decided_at = case when $3 then now() end,
       version = r.version + 1
 where r.tenant_id = (select platform.current_tenant_id())
   and r.change_id = $1;

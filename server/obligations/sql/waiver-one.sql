-- waiver-one: one waiver that is still to be decided
--   $1 uuid  waiver
select w.waiver_id, w.obligation_id, w.instalment_id, w.amount_centavos, w.reason_code, w.reason, w.follow_up, w.periods, w.manual, w.state
  from obligations.waivers as w
 where w.tenant_id = platform.current_tenant_id()
   and w.waiver_id = $1::uuid
   and w.state = 'REQUESTED'
   for update;

-- payrun-hold: a payrun that is being calculated, held so that its state stays as it is until the unit ends
--   $1 uuid  payrun
select r.payrun_id, r.state, r.calculation_no
  from payroll.payruns as r
 where r.tenant_id = platform.current_tenant_id()
   and r.payrun_id = $1::uuid
   for share;

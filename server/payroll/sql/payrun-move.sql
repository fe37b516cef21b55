-- payrun-move: the next state, and who took the step
--   $1 uuid payrun, $2 text state, $3 uuid change request (null: as it was), $4 text reason (null: none)
update payroll.payruns as r
   set state = $2::text,
       change_id = coalesce($3::uuid, r.change_id),
       reason = $4::text,
       job_id = null,
       submitted_by = case when $2 = 'SUBMITTED' then platform.current_user_id() else r.submitted_by end,
       submitted_at = case when $2 = 'SUBMITTED' then now() else r.submitted_at end,
       verified_by = case when $2 = 'VERIFIED' then platform.current_user_id() else r.verified_by end,
       verified_at = case when $2 = 'VERIFIED' then now() else r.verified_at end,
       approved_by = case when $2 = 'APPROVED' then platform.current_user_id() else r.approved_by end,
       approved_at = case when $2 = 'APPROVED' then now() else r.approved_at end,
       closed_by = case when $2 = 'CLOSED' then platform.current_user_id() else r.closed_by end,
       closed_at = case when $2 = 'CLOSED' then now() else r.closed_at end,
       rejected = (select count(*) from payroll.paysheets as p
                    where p.tenant_id = r.tenant_id and p.payrun_id = r.payrun_id and p.state = 'REJECTED'),
       version = r.version + 1
 where r.tenant_id = platform.current_tenant_id()
   and r.payrun_id = $1::uuid;

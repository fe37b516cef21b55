-- verify: what of the tenant's log does not hold; no row: it is as it was written
select v.seal_no,
       v.audit_id,
       v.problem
  from audit.verify() as v
 order by v.seal_no nulls last, v.audit_id nulls last
 limit 100;

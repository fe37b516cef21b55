-- unsettled-count: how many of these payruns have parts that were not heard
--   $1 uuid[]  payruns
select count(*)::bigint as missing
  from unnest($1::uuid[]) as p (payrun_id)
 where not exists (select from obligations.settlements as s
                    where s.tenant_id = platform.current_tenant_id() and s.payrun_id = p.payrun_id
                    group by s.parts having count(*) = s.parts);

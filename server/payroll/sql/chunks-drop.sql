-- chunks-drop: parts that the payrun does not have any more
--   $1 uuid  payrun, $2 bigint  how many parts it has
delete from payroll.payrun_chunks as c
 where c.tenant_id = platform.current_tenant_id()
   and c.payrun_id = $1::uuid
   and c.chunk_no >= $2::bigint;

-- obligations-settled: those that have nothing open any more
--   $1 uuid[]  obligations
update obligations.obligations as o
   set state = 'SETTLED',
       version = o.version + 1
 where o.tenant_id = platform.current_tenant_id()
   and o.obligation_id = any ($1::uuid[])
   and o.state = 'ACTIVE'
   and not exists (select from obligations.instalments as i
                    where i.tenant_id = o.tenant_id and i.obligation_id = o.obligation_id and i.status = 'PLANNED');

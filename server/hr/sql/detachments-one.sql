-- detachments-one: one of the detachments
--   $1 uuid     detachment_id
select d.detachment_id,
       d.code,
       d.name,
       d.client_id,
       d.kind,
       d.region,
       d.city,
       d.address,
       d.meal_break,
       d.status,
       d.opened_on,
       d.closed_on,
       c.code as client_code,
       d.version
  from hr_core.detachments as d
  join hr_core.clients as c on c.tenant_id = d.tenant_id and c.client_id = d.client_id
 where d.detachment_id = $1::uuid;

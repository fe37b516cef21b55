-- clients-one: one of the clients
--   $1 uuid     client_id
select c.client_id,
       c.code,
       c.name,
       c.status,
       c.contact,
       c.address,
       c.version
  from hr_core.clients as c
 where c.client_id = $1::uuid;

-- clients-all: all clients of the tenant, by id
select c.client_id,
       c.code,
       c.name,
       c.status,
       c.contact,
       c.address,
       c.version
  from hr_core.clients as c
 order by c.client_id;

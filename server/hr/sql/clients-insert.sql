-- clients-insert: a set of clients, one array per column
insert into hr_core.clients
       (client_id, code, name, status, contact, address)
select client_id, code, name, status, contact, address
  from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
    as n (client_id, code, name, status, contact, address)
 order by client_id;

-- detachments-insert: a set of detachments, one array per column
insert into hr_core.detachments
       (detachment_id, code, name, client_id, kind, region, city, address, meal_break, status, opened_on, closed_on)
select detachment_id, code, name, client_id, kind, region, city, address, meal_break, status, opened_on, closed_on
  from unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::date[], $12::date[])
    as n (detachment_id, code, name, client_id, kind, region, city, address, meal_break, status, opened_on, closed_on)
 order by detachment_id;

-- positions-insert: a set of positions, one array per column
insert into hr_core.positions
       (position_id, code, name, kind, rank, exempt, status)
select position_id, code, name, kind, nullif(rank, 0), exempt, status
  from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::boolean[], $7::text[])
    as n (position_id, code, name, kind, rank, exempt, status)
 order by position_id;

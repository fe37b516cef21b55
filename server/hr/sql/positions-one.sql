-- positions-one: one of the positions
--   $1 uuid     position_id
select p.position_id,
       p.code,
       p.name,
       p.kind,
       p.rank,
       p.exempt,
       p.status,
       p.version
  from hr_core.positions as p
 where p.position_id = $1::uuid;

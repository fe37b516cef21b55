-- positions-all: all positions of the tenant, by id
select p.position_id,
       p.code,
       p.name,
       p.kind,
       p.rank,
       p.exempt,
       p.status,
       p.version
  from hr_core.positions as p
 order by p.position_id;

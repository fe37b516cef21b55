-- positions-page: a page of positions, in any order that the list offers
--   $1 text     code, null: any
--   $2 text     kind, null: any
--   $3 text     status, null: any
--   $4 text     words to look for, null: none
--   $5 text     sort field, $6 boolean  descending
--   $7 text     key of the last row seen, $8 uuid  its id, null: first page
--   $9 bigint   at most so many
select p.position_id,
       p.code,
       p.name,
       p.kind,
       p.rank,
       p.exempt,
       p.status,
       p.version
  from hr_core.positions as p
 cross join lateral (select case $5::text when 'name' then p.name else p.code end as key) as k
 where true
   and ($1::text is null or p.code = $1)
   and ($2::text is null or p.kind = $2)
   and ($3::text is null or p.status = $3)
   and ($4::text is null or p.code ilike '%' || $4 || '%' or p.name ilike '%' || $4 || '%')
   and ($8::uuid is null
        or (not $6::boolean and (k.key, p.position_id) > ($7::text, $8))
        or ($6 and (k.key, p.position_id) < ($7, $8)))
 order by case when not $6 then k.key end,
          case when $6 then k.key end desc,
          case when not $6 then p.position_id end,
          case when $6 then p.position_id end desc
 limit $9::bigint;

-- detachments-page: a page of detachments, in any order that the list offers
--   $1 text     code, null: any
--   $2 uuid     client_id, null: any
--   $3 text     kind, null: any
--   $4 text     region, null: any
--   $5 text     city, null: any
--   $6 text     status, null: any
--   $7 text     words to look for, null: none
--   $8 text     sort field, $9 boolean  descending
--   $10 text     key of the last row seen, $11 uuid  its id, null: first page
--   $12 bigint   at most so many
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
 cross join lateral (select case $8::text when 'name' then d.name else d.code end as key) as k
 where true
   and ($1::text is null or d.code = $1)
   and ($2::uuid is null or d.client_id = $2)
   and ($3::text is null or d.kind = $3)
   and ($4::text is null or d.region = $4)
   and ($5::text is null or d.city = $5)
   and ($6::text is null or d.status = $6)
   and ($7::text is null or d.code ilike '%' || $7 || '%' or d.name ilike '%' || $7 || '%' or d.city ilike '%' || $7 || '%')
   and ($11::uuid is null
        or (not $9::boolean and (k.key, d.detachment_id) > ($10::text, $11))
        or ($9 and (k.key, d.detachment_id) < ($10, $11)))
 order by case when not $9 then k.key end,
          case when $9 then k.key end desc,
          case when not $9 then d.detachment_id end,
          case when $9 then d.detachment_id end desc
 limit $12::bigint;

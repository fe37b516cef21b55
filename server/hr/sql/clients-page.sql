-- clients-page: a page of clients, in any order that the list offers
--   $1 text     code, null: any
--   $2 text     status, null: any
--   $3 text     words to look for, null: none
--   $4 text     sort field, $5 boolean  descending
--   $6 text     key of the last row seen, $7 uuid  its id, null: first page
--   $8 bigint   at most so many
select c.client_id,
       c.code,
       c.name,
       c.status,
       c.contact,
       c.address,
       c.version
  from hr_core.clients as c
 cross join lateral (select case $4::text when 'name' then c.name else c.code end as key) as k
 where true
   and ($1::text is null or c.code = $1)
   and ($2::text is null or c.status = $2)
   and ($3::text is null or c.code ilike '%' || $3 || '%' or c.name ilike '%' || $3 || '%')
   and ($7::uuid is null
        or (not $5::boolean and (k.key, c.client_id) > ($6::text, $7))
        or ($5 and (k.key, c.client_id) < ($6, $7)))
 order by case when not $5 then k.key end,
          case when $5 then k.key end desc,
          case when not $5 then c.client_id end,
          case when $5 then c.client_id end desc
 limit $8::bigint;

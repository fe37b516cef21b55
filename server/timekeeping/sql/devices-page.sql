-- devices-page: devices by their name
--   $1 text name
--   $2 uuid detachment
--   $3 text kind
--   $4 text active
--   $5 text words of the name, $6 text sort field, $7 boolean descending
--   $8 text key of the last row seen, $9 uuid its id, null: first page, $10 bigint at most so many
with page as (
  (select d.name, d.device_id
     from timekeeping.devices as d
    where not $7::boolean
      and (d.name, d.device_id) > (coalesce($8::text, '')::text, coalesce($9::uuid, '00000000-0000-0000-0000-000000000000'))
      and ($1::text is null or d.name = $1)
      and ($2::uuid is null or d.detachment_id = $2)
      and ($3::text is null or d.kind = $3)
      and ($4::text is null or d.active = $4::boolean)
      and ($5::text is null or strpos(lower(d.name), lower($5)) > 0)
    order by d.name, d.device_id
    limit $10::bigint)
   union all
  (select d.name, d.device_id
     from timekeeping.devices as d
    where $7::boolean
      and (d.name, d.device_id) < (coalesce($8::text, E'\U0010FFFF')::text, coalesce($9::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
      and ($1::text is null or d.name = $1)
      and ($2::uuid is null or d.detachment_id = $2)
      and ($3::text is null or d.kind = $3)
      and ($4::text is null or d.active = $4::boolean)
      and ($5::text is null or strpos(lower(d.name), lower($5)) > 0)
    order by d.name desc, d.device_id desc
    limit $10::bigint))
select d.device_id, d.name, d.detachment_id, d.kind, d.active, s.last_seen_at, s.clock_offset_seconds, d.version
  from page as p
  join timekeeping.devices as d
    on d.name = p.name
   and d.device_id = p.device_id
  left join timekeeping.device_signs as s
    on s.device_id = d.device_id
 where ($5::text is null or true)
   and ($6::text is null or true)
 order by case when not $7 then p.name end, case when $7 then p.name end desc,
          case when not $7 then p.device_id end, case when $7 then p.device_id end desc

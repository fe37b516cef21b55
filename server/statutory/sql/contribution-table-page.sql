-- contribution-table-page: heads of the tables
--   $1 text scheme or null, $2 text words or null, $3 text sort field, $4 boolean descending, $5 text key of the last row seen,
--   $6 uuid its id, $7 bigint at most so many
select t.contribution_table_id, t.scheme, t.valid_from, t.valid_to, t.source, t.reviewed_on, t.row_count, t.sha256
  from gov.contribution_tables as t
 cross join lateral (select coalesce(t.valid_from::text, '') as key) as k
 where ($1::text is null or t.scheme = $1)
   and ($2::text is null or t.source ilike '%' || $2 || '%')
   and $3::text is not null
   and ($6::uuid is null
        or (not $4::boolean and (k.key, t.contribution_table_id) > ($5::text, $6))
        or ($4 and (k.key, t.contribution_table_id) < ($5, $6)))
 order by case when not $4 then k.key end, case when $4 then k.key end desc,
          case when not $4 then t.contribution_table_id end, case when $4 then t.contribution_table_id end desc
 limit $7::bigint

-- entries-page: lines of the log, the latest first; a line's id is its number written as a uuid
--   $1 uuid   actor, null: any
--   $2 text   request, null: any
--   $3 text   table, null: any
--   $4 text   action, null: any
--   $5 text   row key, null: any
--   $6 date   from, null: any
--   $7 date   to, inclusive, null: any
--   $8 uuid   the last line seen, null: first page
--   $9 bigint at most so many
select ('00000000-0000-8000-8000-' || lpad(to_hex(l.audit_id), 12, '0'))::uuid as entry_id,
       l.audit_id as audit_no,
       l.occurred_at,
       l.actor_id,
       l.db_role as unit,
       l.request_id,
       l.reason,
       l.schema_name,
       l.table_name,
       l.action,
       l.row_key,
       l.before,
       l.after
  from audit.audit_log as l
 where l.tenant_id = platform.current_tenant_id()
   and ($1::uuid is null or l.actor_id = $1)
   and ($2::text is null or l.request_id = $2)
   and ($3::text is null or l.table_name = $3)
   and ($4::text is null or l.action = $4)
   and ($5::text is null or l.row_key = $5)
   and ($6::date is null or l.occurred_at >= $6)
   and ($7::date is null or l.occurred_at < $7::date + 1)
   and l.audit_id < coalesce(('x' || right($8::uuid::text, 12))::bit(48)::bigint, 9223372036854775807)
 order by l.audit_id desc
 limit $9::bigint

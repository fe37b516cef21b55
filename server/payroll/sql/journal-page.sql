-- journal-page: the pay journal of a payrun, by employee and place
--   $1 uuid payrun, $2 uuid employee, $3 text account, null: any
--   $4 text words, $5 text sort: not used, $6 boolean descending: not used
--   $7 text  key of the last row seen, $8 uuid  its id, null: first page; $9 bigint at most so many
select e.entry_id, j.posting_no, e.kind as entry_kind, e.posted_on, e.payrun_id, e.paysheet_id, e.employee_id, e.employee_no, j.account,
       j.debit_centavos, j.credit_centavos, e.memo,
       overlay(e.entry_id::text placing lpad(to_hex(j.posting_no::integer), 4, '0') from 33)::uuid as posting_id
  from payroll.journal_entries as e
  join payroll.pay_journal as j on j.tenant_id = e.tenant_id and j.entry_id = e.entry_id and j.posted_on = e.posted_on
 where e.tenant_id = platform.current_tenant_id()
   and e.payrun_id = $1::uuid
   and ($2::uuid is null or e.employee_id = $2)
   and ($3::text is null or j.account = $3)
   and ($4::text is null or strpos(lower(coalesce(e.employee_no, '') || ' ' || j.account), lower($4)) > 0)
   and $5::text is not distinct from $5 and $6::boolean is not distinct from $6
   and ($8::uuid is null
        or (coalesce(e.employee_no, ''), overlay(e.entry_id::text placing lpad(to_hex(j.posting_no::integer), 4, '0') from 33)::uuid) > ($7::text, $8))
 order by coalesce(e.employee_no, ''), posting_id
 limit $9::bigint;

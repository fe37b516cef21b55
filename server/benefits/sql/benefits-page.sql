-- benefits-page: a page of benefits of some kinds, newest first
--   $1 uuid employee, $2 text kind, $3 text state, null: any
--   $4 text words, $5 text sort, $6 boolean descending: not used: ids rise with time
--   $7 text key, $8 uuid last id seen, null: first page; $9 bigint at most so many
select b.benefit_id, b.employee_id, b.kind, b.title, b.amount_centavos, b.frequency, b.valid_from, b.valid_to, b.taxable, b.tax_class, b.de_minimis_kind,
       b.state, b.change_id, b.version, b.reason,
       (select coalesce(sum(i.paid_centavos), 0)::bigint from benefits.instalments as i
         where i.tenant_id = b.tenant_id and i.benefit_id = b.benefit_id) as paid_centavos
  from benefits.benefits as b
 where b.tenant_id = platform.current_tenant_id()
   and ($1::uuid is null or b.employee_id = $1)
   and ($2::text is null or b.kind = $2 or ($2 = 'not_allowance' and b.kind <> 'allowance'))
   and ($3::text is null or b.state = $3)
   and ($4::text is null or strpos(lower(b.title), lower($4)) > 0)
   and $5::text is not distinct from $5 and $6::boolean is not distinct from $6 and $7::text is not distinct from $7
   and ($8::uuid is null or b.benefit_id < $8)
 order by b.benefit_id desc
 limit $9::bigint;

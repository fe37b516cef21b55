-- schedule: all instalments of one obligation, in the order of their periods
--   $1 uuid  obligation
select i.instalment_id, i.obligation_id, i.employee_id, i.seq_no, i.period_from, i.period_to, i.due_centavos, i.waived_centavos, i.taken_centavos,
       i.status, i.origin, i.payrun_id
  from obligations.instalments as i
 where i.tenant_id = platform.current_tenant_id()
   and i.obligation_id = $1::uuid
 order by i.period_from, i.seq_no;

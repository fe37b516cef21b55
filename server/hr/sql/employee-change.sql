-- employee-change: the employee as he is now, unless the row has moved on
--   $1 uuid     employee, $2 bigint  the version that was read, then the columns
update hr_core.employees
   set employee_no = $3::text,
       family_name = $4::text,
       given_name = $5::text,
       middle_name = $6::text,
       status = $7::text,
       hired_on = $8::date,
       separated_on = $9::date,
       email = $10::text,
       phone = $11::text,
       sss_no_sealed = $12::bytea,
       sss_no_hash = $13::bytea,
       philhealth_no_sealed = $14::bytea,
       philhealth_no_hash = $15::bytea,
       hdmf_no_sealed = $16::bytea,
       hdmf_no_hash = $17::bytea,
       tin_sealed = $18::bytea,
       tin_hash = $19::bytea,
       bank_account_sealed = $20::bytea,
       birth_on_sealed = $21::bytea,
       address_sealed = $22::bytea,
       version = version + 1
 where employee_id = $1::uuid
   and version = $2::bigint;

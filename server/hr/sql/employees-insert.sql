-- employees-insert: a set of employees, one array per column
insert into hr_core.employees
       (employee_id, employee_no, family_name, given_name, middle_name, status, hired_on, separated_on, email, phone,
        sss_no_sealed, sss_no_hash, philhealth_no_sealed, philhealth_no_hash, hdmf_no_sealed, hdmf_no_hash, tin_sealed, tin_hash,
        bank_account_sealed, birth_on_sealed, address_sealed)
select n.*
  from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::date[], $8::date[], $9::text[], $10::text[],
              $11::bytea[], $12::bytea[], $13::bytea[], $14::bytea[], $15::bytea[], $16::bytea[], $17::bytea[], $18::bytea[],
              $19::bytea[], $20::bytea[], $21::bytea[]) as n (employee_id);

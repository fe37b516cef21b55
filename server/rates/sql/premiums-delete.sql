-- premiums-delete: rows that never were in force
--   $1 uuid[] id
delete from finance_rates.premiums as p where p.premium_id = any ($1::uuid[])

-- minimum-wages-delete: orders that never were in force
--   $1 uuid[] id
delete from gov.minimum_wages as m where m.minimum_wage_id = any ($1::uuid[])

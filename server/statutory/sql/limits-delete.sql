-- limits-delete: figures that never were in force
--   $1 uuid[] id
delete from gov.limits as l where l.limit_id = any ($1::uuid[])

-- de-minimis-delete: ceilings that never were in force
--   $1 uuid[] id
delete from gov.de_minimis as d where d.de_minimis_id = any ($1::uuid[])

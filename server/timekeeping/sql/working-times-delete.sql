-- working-times-delete: rows that never were in force
--   $1 date[] from
delete from timekeeping.working_times as w where w.valid_from = any ($1::date[])

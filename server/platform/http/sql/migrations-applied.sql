-- migrations-applied: how far the database behind us has been brought
select count(*) as applied, max(m.file_name) as latest
  from platform.migrations as m;

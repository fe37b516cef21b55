-- migrations-applied: is there a migrated database behind us?
select count(*) as applied
  from platform.migrations as m;

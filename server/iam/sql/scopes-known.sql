-- scopes-known: how many of these scopes exist
--   $1 text[]
select count(*) as known
  from iam.scopes as s
 where s.scope = any ($1);

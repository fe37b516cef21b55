-- keys: the tenant's keys of one purpose, the newest first
--   $1 text  purpose
select k.key_no::bigint as key_no, k.wrapped
  from platform.data_keys as k
 where k.purpose = $1
 order by k.key_no desc

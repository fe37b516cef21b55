-- key-rewrap: the same key under another master key
--   $1 text    purpose
--   $2 bigint  number
--   $3 bytea   wrapped
update platform.data_keys as k
   set wrapped = $3
 where k.purpose = $1
   and k.key_no = $2::bigint::integer

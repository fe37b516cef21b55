-- seal: the audit log, as far as no transaction runs; gives how many rows
--   $1 bigint  at most
select audit.seal ($1::bigint::integer) as sealed

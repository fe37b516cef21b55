-- What one clock event costs PostgreSQL by itself: the settings of its unit of work and the insert of ingest, one event a transaction.
\set guard random(1, 1200)
\set minute random(0, 40000)
begin;
select set_config('app.tenant_id', ':tenant', true), set_config('app.user_id', '', true), set_config('app.request_id', 'bench', true),
       set_config('app.reason', '', true), set_config('app.detachments', '', true), now();

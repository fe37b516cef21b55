-- waiver-insert: a waiver that was asked for
--   $1 uuid id, $2 uuid obligation, $3 uuid instalment, $4 bigint amount, $5 text code, $6 text reason, $7 text follow-up, $8 bigint periods, $9 jsonb manual
insert into obligations.waivers (tenant_id, waiver_id, obligation_id, instalment_id, amount_centavos, reason_code, reason, follow_up, periods, manual)
values (platform.current_tenant_id(), $1::uuid, $2::uuid, $3::uuid, $4::bigint, $5::text, $6::text, $7::text, $8::bigint, $9::jsonb);

/* The types of PostgreSQL that we send and read, by their fixed numbers (catalog pg_type.dat), and the binary forms'
 * epoch: 2000-01-01, where ours is 1970-01-01. */
#pragma once

#define PG_BOOL 16
#define PG_BYTEA 17
#define PG_CHAR 18
#define PG_NAME 19
#define PG_INT8 20
#define PG_INT2 21
#define PG_INT4 23
#define PG_TEXT 25
#define PG_OID 26
#define PG_JSON 114
#define PG_UNKNOWN 705
#define PG_BOOL_ARRAY 1000
#define PG_BYTEA_ARRAY 1001
#define PG_INT2_ARRAY 1005
#define PG_INT4_ARRAY 1007
#define PG_TEXT_ARRAY 1009
#define PG_VARCHAR_ARRAY 1015
#define PG_INT8_ARRAY 1016
#define PG_BPCHAR 1042
#define PG_VARCHAR 1043
#define PG_DATE 1082
#define PG_TIMESTAMPTZ 1184
#define PG_DATE_ARRAY 1182
#define PG_TIMESTAMPTZ_ARRAY 1185
#define PG_NUMERIC 1700
#define PG_VOID 2278
#define PG_UUID 2950
#define PG_UUID_ARRAY 2951
#define PG_JSONB 3802
#define PG_JSONB_ARRAY 3807
#define PG_XID8 5069

#define PG_EPOCH_DAYS 10957
#define PG_EPOCH_US (G_GINT64_CONSTANT (946684800) * 1000000)

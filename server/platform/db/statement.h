/* Statements in files: every .sql file of a room is compiled in and prepared once per connection.
 *
 * Shape  the build makes <room>-sql.c from the room's sql folder: `const ArmmsStatement armms_<room>_statements[]`,
 *        closed by a row of NULLs. A statement is named "<room>/<file without .sql>".
 *        Integers are bigint in SQL parameters ($1::bigint, $1::bigint[]), texts text, ids uuid, dates date,
 *        instants timestamptz, json jsonb; parameters travel in binary form, arrays one-dimensional.
 */
#pragma once

typedef struct _ArmmsStatement {
  const char *name; /* "timesheet-page" */
  const char *sql;
} ArmmsStatement;

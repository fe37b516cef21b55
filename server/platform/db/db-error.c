#include "server/platform/db/db.h"

#include <string.h>

typedef struct {
  const char *sqlstate; /* whole, or its class of two letters */
  ArmmsErrorKind kind;
  const char *code;
  const char *text;
} Mapping;

/* Whole states first. */
static const Mapping mappings[] = {
  { "40001", ARMMS_ERROR_CONFLICT, "db.serialization", "others changed the same rows at the same time" },
  { "40P01", ARMMS_ERROR_CONFLICT, "db.serialization", "others changed the same rows at the same time" },
  { "23505", ARMMS_ERROR_CONFLICT, "already_exists", "it exists already" },
  { "23P01", ARMMS_ERROR_CONFLICT, "overlaps", "it overlaps another one" },
  { "23503", ARMMS_ERROR_INVALID_INPUT, "unknown_reference", "it refers to something unknown, or is referred to" },
  { "23514", ARMMS_ERROR_INVALID_INPUT, "check_failed", "a value is not allowed" },
  { "23502", ARMMS_ERROR_INVALID_INPUT, "required", "a value is missing" },
  { "42501", ARMMS_ERROR_FORBIDDEN, "db.forbidden", "the database does not allow it" },
  { "55P03", ARMMS_ERROR_UNAVAILABLE, "db.locked", "others hold the rows for too long" },
  { "57014", ARMMS_ERROR_TIMED_OUT, "db.timed_out", "it took too long" },
  { "25P03", ARMMS_ERROR_UNAVAILABLE, "db.away", "the transaction idled for too long" },
  { "25006", ARMMS_ERROR_INTERNAL, "db.read_only", "a reading unit of work tried to write" },
  { "57P01", ARMMS_ERROR_UNAVAILABLE, "db.away", "the database is going away" },
  { "57P02", ARMMS_ERROR_UNAVAILABLE, "db.away", "the database is going away" },
  { "57P03", ARMMS_ERROR_UNAVAILABLE, "db.away", "the database is starting" },
  { "53100", ARMMS_ERROR_UNAVAILABLE, "db.disk_full", "the database's disk is full" },
  { "53300", ARMMS_ERROR_UNAVAILABLE, "db.busy", "the database has no connection left" },
  { "53", ARMMS_ERROR_UNAVAILABLE, "db.resources", "the database is short of resources" },
  { "08", ARMMS_ERROR_UNAVAILABLE, "db.away", "the connection to the database was lost" },
  { "58", ARMMS_ERROR_UNAVAILABLE, "db.system", "the database's system failed" },
  { "22", ARMMS_ERROR_INVALID_INPUT, "db.bad_value", "a value cannot be stored" },
};

static const Mapping *
find_mapping (const char *sqlstate)
{
  for (gsize i = 0; i < G_N_ELEMENTS (mappings); i++)
    if (strncmp (mappings[i].sqlstate, sqlstate, strlen (mappings[i].sqlstate)) == 0)
      return &mappings[i];
  return NULL;
}

void
armms_db_set_error (GError **error, const PGresult *result, PGconn *connection, const char *what)
{
  const char *sqlstate = result != NULL ? PQresultErrorField (result, PG_DIAG_SQLSTATE) : NULL;
  const char *constraint = result != NULL ? PQresultErrorField (result, PG_DIAG_CONSTRAINT_NAME) : NULL;
  const char *primary = result != NULL ? PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
  const Mapping *mapping = sqlstate != NULL ? find_mapping (sqlstate) : NULL;

  if (sqlstate == NULL || (connection != NULL && PQstatus (connection) == CONNECTION_BAD && mapping == NULL))
    {
      armms_error_set (error, ARMMS_ERROR_UNAVAILABLE, "db.away", "%s: the connection to the database was lost", what);
      return;
    }
  if (g_str_equal (sqlstate, "P0001"))
    {
      /* A raise of our own functions: its message is meant for people, its constraint is the code. */
      armms_error_set (error, ARMMS_ERROR_CONFLICT, constraint != NULL && *constraint != '\0' ? constraint : "db.refused", "%s: %s", what, primary);
      return;
    }
  if (mapping == NULL)
    {
      g_message ("%s: SQLSTATE %s: %s", what, sqlstate, primary);
      armms_error_set (error, ARMMS_ERROR_INTERNAL, "db.statement", "%s: the database could not run the statement (%s)", what, sqlstate);
      return;
    }
  if (mapping->kind == ARMMS_ERROR_FORBIDDEN || mapping->kind == ARMMS_ERROR_INTERNAL || sqlstate[0] == '2')
    g_info ("%s: SQLSTATE %s: %s", what, sqlstate, primary);
  if (constraint != NULL && *constraint != '\0')
    armms_error_set (error, mapping->kind, mapping->code, "%s: %s (%s)", what, mapping->text, constraint);
  else
    armms_error_set (error, mapping->kind, mapping->code, "%s: %s", what, mapping->text);
}

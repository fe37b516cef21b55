#include "server/platform/db/db.h"

#include <string.h>

/* SQLSTATEs are compared whole or by class. */
static const struct
{
  const char *state; /* five letters, or the two of a class */
  ArmmsErrorKind kind;
  const char *code;
  const char *message;
} states[] = {
  { "40001", ARMMS_ERROR_CONFLICT, "db.serialization", "another change came between; it is tried again" },
  { "40P01", ARMMS_ERROR_CONFLICT, "db.serialization", "two changes waited for one another; it is tried again" },
  { "23505", ARMMS_ERROR_CONFLICT, "already_exists", "there is one already" },
  { "23P01", ARMMS_ERROR_CONFLICT, "overlaps", "it overlaps one that is there already" },
  { "23503", ARMMS_ERROR_INVALID_INPUT, "unknown_reference", "it names something that is not there, or is still in use" },
  { "23502", ARMMS_ERROR_INVALID_INPUT, "value_missing", "a value is missing" },
  { "23514", ARMMS_ERROR_INVALID_INPUT, "value_refused", "a value is not allowed" },
  { "22", ARMMS_ERROR_INVALID_INPUT, "value_refused", "a value is not allowed" },
  { "42501", ARMMS_ERROR_FORBIDDEN, "db.not_permitted", "this is not permitted" },
  { "25006", ARMMS_ERROR_INTERNAL, "db.read_only", "a change was tried in a reading unit of work" },
  { "57014", ARMMS_ERROR_TIMED_OUT, "db.timed_out", "it took too long and was ended" },
  { "55P03", ARMMS_ERROR_UNAVAILABLE, "db.locked", "somebody else holds it; try again" },
  { "53100", ARMMS_ERROR_UNAVAILABLE, "db.disk_full", "the database's disk is full" },
  { "53", ARMMS_ERROR_UNAVAILABLE, "db.overloaded", "the database is out of resources; try again" },
  { "57", ARMMS_ERROR_UNAVAILABLE, "db.unavailable", "the database is not available; try again" },
  { "08", ARMMS_ERROR_UNAVAILABLE, "db.unavailable", "the database is not available; try again" },
  { "58", ARMMS_ERROR_UNAVAILABLE, "db.system_error", "the database met an error of its system" },
};

void
armms_db_set_error (GError **error, const PGresult *result, PGconn *connection, const char *what)
{
  const char *state = result != NULL ? PQresultErrorField (result, PG_DIAG_SQLSTATE) : NULL;
  const char *constraint = result != NULL ? PQresultErrorField (result, PG_DIAG_CONSTRAINT_NAME) : NULL;
  const char *text = result != NULL ? PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY) : NULL;

  if (text == NULL && connection != NULL)
    text = PQerrorMessage (connection);
  /* The database's own words go to the log, once; never to a caller: they may hold values and SQL. */
  if (state == NULL || !g_str_has_prefix (state, "40"))
    g_debug ("%s: SQLSTATE %s, constraint %s: %s", what, state != NULL ? state : "none", constraint != NULL ? constraint : "none", text);
  if (state == NULL || (connection != NULL && PQstatus (connection) == CONNECTION_BAD))
    {
      armms_error_set (error, ARMMS_ERROR_UNAVAILABLE, "db.unavailable", "%s: the database is not available; try again", what);
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    if (strncmp (state, states[i].state, strlen (states[i].state)) == 0)
      {
        if (constraint != NULL && *constraint != '\0')
          armms_error_set (error, states[i].kind, states[i].code, "%s: %s (%s)", what, states[i].message, constraint);
        else
          armms_error_set (error, states[i].kind, states[i].code, "%s: %s", what, states[i].message);
        return;
      }
  g_warning ("%s: SQLSTATE %s: %s", what, state, text);
  armms_error_set (error, ARMMS_ERROR_INTERNAL, "db.error", "%s: the database refused it (SQLSTATE %s)", what, state);
}

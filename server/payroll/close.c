/* Closing: what was computed becomes what was paid. */
#include "server/payroll/payroll-private.h"

#include "common/wire/events/payrun-closed.h"

#include <string.h>

static gboolean
tell_parts (ArmmsWork *work, const ArmmsPayrun *payrun, GError **error)
{
  ArmmsParams *params = armms_params_integer (armms_params_id (armms_params_new (), &payrun->payrun_id), ARMMS_PAYRUN_CLOSED_PART_PAYSHEETS);
  g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) armms_event_free);
  g_autoptr(ArmmsRows) rows = NULL;
  char id[ARMMS_ID_TEXT_SIZE], from[ARMMS_DATE_TEXT_SIZE], to[ARMMS_DATE_TEXT_SIZE], paid[ARMMS_DATE_TEXT_SIZE];
  int year, month, day;

  armms_date_to_ymd (payrun->period_to, &year, &month, &day);
  rows = armms_work_query (work, "payroll/close-parts", armms_params_date (params, armms_date_from_ymd (year, month, 1)), error);
  if (rows == NULL)
    return FALSE;
  armms_id_format (&payrun->payrun_id, id);
  armms_date_format (payrun->period_from, from);
  armms_date_format (payrun->period_to, to);
  armms_date_format (payrun->pay_date, paid);
  for (guint i = 0; i < armms_rows_count (rows); i++)
    g_ptr_array_add (events,
                     armms_event_new (ARMMS_EVENT_PAYRUN_CLOSED, "payrun", &payrun->payrun_id, payrun->version + 1 + i, &payrun->payrun_id,
                                      g_strdup_printf ("{\"payrun_id\":\"%s\",\"period_from\":\"%s\",\"period_to\":\"%s\",\"paid_on\":\"%s\",\"part\":%u,"
                                                       "\"parts\":%u,\"paysheets\":%" G_GINT64_FORMAT ",\"statutory\":%s,\"tax\":%s,\"obligations\":%s,"
                                                       "\"benefits\":%s}",
                                                       id, from, to, paid, i + 1, armms_rows_count (rows), armms_rows_integer (rows, i, "paysheets"),
                                                       armms_rows_text (rows, i, "statutory"), armms_rows_text (rows, i, "tax"),
                                                       armms_rows_text (rows, i, "obligations"), armms_rows_text (rows, i, "benefits"))));
  if (events->len > 0)
    return armms_outbox_append (work, "payroll", events, error);
  armms_error_set (error, ARMMS_ERROR_CONFLICT, "payrun.empty", "the payrun holds no paysheet that could be paid");
  return FALSE;
}

gboolean
armms_payrun_close (ArmmsWork *work, const ArmmsPayrun *payrun, GError **error)
{
  gboolean off_cycle = strcmp (payrun->kind, "off_cycle") == 0;
  g_autofree char *id = armms_id_to_string (&payrun->payrun_id);
  g_autofree char *suffix = off_cycle ? g_strconcat ("-", id + 24, NULL) : g_strdup ("");
  g_autoptr(ArmmsRows) rows = NULL;

  /* A newer version that came since is not lost: the next payrun pays the difference. One that was paid elsewhere would be paid twice. */
  rows = armms_work_query (work, "payroll/sheets-stale", armms_params_id (armms_params_new (), &payrun->payrun_id), error);
  if (rows == NULL)
    return FALSE;
  if (armms_rows_integer (rows, 0, "paid") > 0)
    {
      armms_error_set (error, ARMMS_ERROR_CONFLICT, "payrun.stale", "%" G_GINT64_FORMAT " timesheets were paid by another payrun meanwhile: reject this one and calculate it again",
                       armms_rows_integer (rows, 0, "paid"));
      return FALSE;
    }
#define RUN(statement) armms_work_execute (work, statement, armms_params_id (armms_params_new (), &payrun->payrun_id), NULL, error)
  return RUN ("payroll/close-heads")
         && armms_work_execute (work, "payroll/close-journal",
                                armms_params_date (armms_params_id (armms_params_new (), &payrun->payrun_id), payrun->pay_date), NULL, error)
         && RUN ("payroll/close-entries")
         && armms_work_execute (work, "payroll/close-sheets", armms_params_text (armms_params_id (armms_params_new (), &payrun->payrun_id), suffix), NULL, error)
         && (off_cycle
             || armms_work_execute (work, "payroll/period-closed", armms_params_id (armms_params_new (), &payrun->pay_period_id), NULL, error))
         && tell_parts (work, payrun, error);
#undef RUN
}

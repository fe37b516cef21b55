/* armmsctl recompute: everything derived from clock events, made again or compared. */
#include "server/programs/ctl/commands.h"

#include "server/tenant/tenant.h"
#include "server/timekeeping/timekeeping.h"

static void
report (const ArmmsCtl *ctl, const ArmmsDeriveFigures *figures, guint64 differences, gboolean check)
{
  if (ctl->json)
    g_print ("{\"judged\":%" G_GUINT64_FORMAT ",\"differences\":%" G_GUINT64_FORMAT ",\"time_logs\":%" G_GUINT64_FORMAT ",\"dtr_lines\":%" G_GUINT64_FORMAT
             ",\"dtr_lines_gone\":%" G_GUINT64_FORMAT ",\"anomalies\":%" G_GUINT64_FORMAT ",\"anomalies_gone\":%" G_GUINT64_FORMAT
             ",\"timesheets\":%" G_GUINT64_FORMAT "}\n",
             figures->judged, differences, figures->logs, figures->lines, figures->lines_gone, figures->anomalies, figures->anomalies_gone,
             figures->timesheets);
  else if (differences == 0)
    g_print ("%" G_GUINT64_FORMAT " duty days judged again: everything stands as it should\n", figures->judged);
  else
    g_print ("%" G_GUINT64_FORMAT " duty days judged again; %s: %" G_GUINT64_FORMAT " time logs, %" G_GUINT64_FORMAT " DTR lines (%" G_GUINT64_FORMAT
             " that should not be), %" G_GUINT64_FORMAT " anomalies (%" G_GUINT64_FORMAT " that should not be), %" G_GUINT64_FORMAT " timesheets\n",
             figures->judged, check ? "different" : "put right", figures->logs, figures->lines + figures->lines_gone, figures->lines_gone,
             figures->anomalies + figures->anomalies_gone, figures->anomalies_gone, figures->timesheets);
}

static int
run (ArmmsCtl *ctl, int argc, char **argv)
{
  gboolean check = FALSE;
  g_autofree char *tenant = NULL;
  const GOptionEntry entries[] = {
    { "tenant", 0, 0, G_OPTION_ARG_STRING, &tenant, "id of the tenant", "ID" },
    { "check", 0, 0, G_OPTION_ARG_NONE, &check, "only compare: nothing is written", NULL },
    { NULL },
  };
  g_autoptr(ArmmsDb) db = NULL;
  g_autoptr(GError) error = NULL;
  ArmmsDeriveFigures figures = { 0 };
  ArmmsActor actor = { .request_id = "armmsctl recompute" };
  guint64 differences;
  int code;

  if (!armms_ctl_parse (&armms_ctl_recompute, entries, &argc, &argv, &code))
    return code;
  if (tenant == NULL || !armms_id_parse (tenant, &actor.tenant_id))
    {
      g_printerr ("armmsctl recompute: --tenant wants the id of a tenant\n");
      return ARMMS_CTL_USAGE;
    }
  db = armms_ctl_open_db (ctl, /* as_owner= */ FALSE);
  if (db == NULL)
    return ARMMS_CTL_FAILED;
  armms_rooms_register (db);
  if (!armms_timekeeping_recompute (db, &actor, check ? ARMMS_DERIVE_COMPARE : ARMMS_DERIVE_WRITE, &figures, &error))
    return armms_ctl_fail ("recompute", g_steal_pointer (&error));
  differences = figures.logs + figures.lines + figures.lines_gone + figures.anomalies + figures.anomalies_gone + figures.timesheets;
  report (ctl, &figures, differences, check);
  return check && differences > 0 ? ARMMS_CTL_FOUND : ARMMS_CTL_DONE;
}

const ArmmsCtlCommand armms_ctl_recompute = {
  .name = "recompute",
  .summary = "make everything derived from clock events again, or compare it",
  .usage = "--tenant ID [--check]",
  .help = "Judges all clock events of a tenant again, by the same rules as the worker, and writes time logs, DTR lines, anomalies and\n"
          "timesheets that differ. With --check nothing is written: it says how much differs, and ends with 3 when something does.\n"
          "What people decided (resolutions, adjustments, finalised snapshots) is never touched.\n",
  .run = run,
};

/* armmsctl statutory: all of the law's files into a tenant. Several rooms own what they hold, each loads its own. */
#include "server/programs/ctl/commands.h"

#include "server/rates/rates.h"
#include "server/scheduling/scheduling.h"
#include "server/statutory/statutory.h"

typedef struct {
  const char *folder;
  const GPtrArray *calendar; /* borrowed: of ArmmsHoliday */
  ArmmsCtlLaw law;
} Load;

static gboolean
load_tables (ArmmsWork *work, gpointer data, GError **error)
{
  Load *load = data;

  return armms_statutory_import (work, load->folder, &load->law.tables, error);
}

static gboolean
load_premiums (ArmmsWork *work, gpointer data, GError **error)
{
  Load *load = data;

  return armms_rates_import_premiums (work, load->folder, &load->law.premiums, error);
}

static gboolean
load_holidays (ArmmsWork *work, gpointer data, GError **error)
{
  Load *load = data;

  return armms_scheduling_import_holidays (work, load->calendar, &load->law.holidays, error);
}

static GPtrArray *
read_calendar (const char *folder, GError **error)
{
  g_autoptr(ArmmsStatutoryTables) tables = armms_statutory_tables_new_from_folder (folder, error);
  GPtrArray *calendar;

  if (tables == NULL)
    return NULL;
  calendar = armms_records_new (&armms_holiday_type);
  for (gsize i = 0; i < tables->holidays.n_rows; i++)
    {
      const ArmmsHolidayRow *row = &tables->holidays.rows[i];
      ArmmsHoliday *holiday = armms_record_new (&armms_holiday_type);

      holiday->on_date = row->date;
      holiday->name = g_strdup (row->name);
      holiday->day_type = g_strdup (row->day_type);
      holiday->scope = g_strdup (row->scope);
      holiday->source = g_strdup (row->source);
      g_ptr_array_add (calendar, holiday);
    }
  return calendar;
}

gboolean
armms_ctl_load_law (ArmmsDb *db, const ArmmsActor *actor, const char *folder, ArmmsCtlLaw *ret_law, GError **error)
{
  /* Read whole before anything is written: a wrong file changes nothing in any room. */
  g_autoptr(GPtrArray) calendar = read_calendar (folder, error);
  Load figures = { .folder = folder, .calendar = calendar };

  /* Three units: the rooms may stand in three databases. Each is safe to repeat. */
  if (calendar == NULL
      || !armms_work_run (db, "gov", ARMMS_WORK_WRITE, actor, load_tables, &figures, error)
      || !armms_work_run (db, "finance_rates", ARMMS_WORK_WRITE, actor, load_premiums, &figures, error)
      || !armms_work_run (db, "scheduling", ARMMS_WORK_WRITE, actor, load_holidays, &figures, error))
    return FALSE;
  *ret_law = figures.law;
  return TRUE;
}

static int
load (ArmmsCtl *ctl, const char *folder, const char *tenant)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsDb) db = NULL;
  ArmmsActor actor = { .request_id = "armmsctl", .reason = "statutory load" };
  ArmmsCtlLaw law;

  if (tenant == NULL || !armms_id_parse (tenant, &actor.tenant_id))
    {
      g_printerr ("armmsctl statutory load: --tenant wants the id of a tenant\n");
      return ARMMS_CTL_USAGE;
    }
  db = armms_ctl_open_db (ctl, /* as_owner= */ FALSE);
  if (db == NULL)
    return ARMMS_CTL_FAILED;
  armms_rooms_register (db);
  if (!armms_ctl_load_law (db, &actor, folder, &law, &error))
    return armms_ctl_fail ("statutory load", g_steal_pointer (&error));
  if (ctl->json)
    g_print ("{\"tables\":%" G_GINT64_FORMAT ",\"premiums\":%" G_GINT64_FORMAT ",\"holidays\":%" G_GINT64_FORMAT "}\n",
             law.tables, law.premiums, law.holidays);
  else if (law.tables + law.premiums + law.holidays == 0)
    g_print ("nothing to load: all stands as in %s\n", folder);
  else
    g_print ("%" G_GINT64_FORMAT " tables, orders and limits, %" G_GINT64_FORMAT " premium rows, %" G_GINT64_FORMAT
             " holidays loaded or changed\n", law.tables, law.premiums, law.holidays);
  return ARMMS_CTL_DONE;
}

static int
check (ArmmsCtl *ctl, const char *folder)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsStatutoryTables) tables = armms_statutory_tables_new_from_folder (folder, &error);

  if (tables == NULL)
    {
      armms_ctl_fail ("statutory check", g_steal_pointer (&error));
      return ARMMS_CTL_FOUND;
    }
  if (ctl->json)
    g_print ("{\"contribution_rows\":%zu,\"tax_brackets\":%zu,\"wage_orders\":%zu,\"de_minimis\":%zu,\"limits\":%zu,\"premiums\":%zu,"
             "\"holidays\":%zu,\"working_time\":%zu}\n",
             tables->contributions.n_rows, tables->taxes.n_rows, tables->wages.n_rows, tables->de_minimis.n_rows, tables->limits.n_rows,
             tables->premiums.n_rows, tables->holidays.n_rows, tables->working_time.n_rows);
  else
    g_print ("%s: %zu contribution rows, %zu tax brackets, %zu rows of wage orders, %zu ceilings, %zu limits, %zu premium rows,"
             " %zu holidays, %zu of working time; no gap, no overlap\n", folder,
             tables->contributions.n_rows, tables->taxes.n_rows, tables->wages.n_rows, tables->de_minimis.n_rows, tables->limits.n_rows,
             tables->premiums.n_rows, tables->holidays.n_rows, tables->working_time.n_rows);
  return ARMMS_CTL_DONE;
}

static int
run_statutory (ArmmsCtl *ctl, int argc, char **argv)
{
  g_autofree char *folder = NULL;
  g_autofree char *tenant = NULL;
  const GOptionEntry entries[] = {
    { "folder", 0, 0, G_OPTION_ARG_FILENAME, &folder, NULL, NULL },
    { "tenant", 0, 0, G_OPTION_ARG_STRING, &tenant, NULL, NULL },
    { NULL },
  };
  int code;

  if (!armms_ctl_parse (&armms_ctl_statutory, entries, &argc, &argv, &code))
    return code;
  if (folder == NULL)
    folder = armms_statutory_find_folder ();
  if (argc == 2 && g_str_equal (argv[1], "load"))
    return load (ctl, folder, tenant);
  if (argc == 2 && g_str_equal (argv[1], "check"))
    return check (ctl, folder);
  g_printerr ("Usage: armmsctl %s %s\n", armms_ctl_statutory.name, armms_ctl_statutory.usage);
  return ARMMS_CTL_USAGE;
}

const ArmmsCtlCommand armms_ctl_statutory = {
  .name = "statutory",
  .summary = "load the law's tables into a tenant, or check the files",
  .usage = "load --tenant ID | check  [--folder DIR]",
  .help = "  load          all of data/statutory/ph into a tenant: contributions, tax, wages, small benefits, limits, premiums, holidays, hours.\n"
          "                Repeating it changes nothing. A table in force that reads otherwise than before is refused, and so are gaps\n"
          "                and overlaps; a new law is a new table, which closes the one before.\n"
          "    --tenant ID the tenant\n"
          "  check         reads the files only; exits with 3 when they have a gap, an overlap or brackets that do not join\n"
          "  --folder DIR  files from there instead of the shipped ones",
  .run = run_statutory,
};

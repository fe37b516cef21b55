/* armmsctl rules: the very rules that payroll runs, on the shipped tables, without a database. */
#include "server/programs/ctl/commands.h"

#include "server/statutory/rulebook/rulebook.h"
#include "server/statutory/statutory.h"

#define US_PER_DAY (ARMMS_US_PER_MINUTE * ARMMS_MINUTES_PER_DAY)

static ArmmsRulebook *
open_book (const char *folder, GError **error)
{
  g_autofree char *shipped = armms_statutory_find_folder ();

  return armms_rulebook_new (folder != NULL ? folder : shipped, error);
}

static int
check (ArmmsCtl *ctl, const char *folder, const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsRulebook) book = open_book (folder, &error);
  g_autoptr(GString) report = g_string_new (NULL);
  guint passed = 0, failed = 0;

  if (book == NULL || !armms_rulebook_check (book, path, report, &passed, &failed, &error))
    return armms_ctl_fail ("rules check", g_steal_pointer (&error));
  if (ctl->json)
    {
      g_printerr ("%s", report->str);
      g_print ("{\"passed\":%u,\"failed\":%u}\n", passed, failed);
    }
  else
    g_print ("%s%u passed, %u failed\n", report->str, passed, failed);
  return failed == 0 ? ARMMS_CTL_DONE : ARMMS_CTL_FOUND;
}

static int
explain (ArmmsCtl *ctl, const char *folder, const char *area, const char *on, const char *inputs_text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsRulebook) book = NULL;
  g_autoptr(GString) traces = g_string_new (NULL);
  g_autoptr(JsonNode) inputs = inputs_text != NULL ? json_from_string (inputs_text, NULL) : NULL;
  g_autoptr(JsonNode) figures = NULL;
  g_autofree char *text = NULL;
  ArmmsDate date = { (gint32) (armms_instant_now ().us / US_PER_DAY) };

  if (inputs == NULL || !JSON_NODE_HOLDS_OBJECT (inputs))
    {
      g_printerr ("armmsctl rules explain: --inputs wants a JSON object: '{\"compensation_c\": 2310000}'\n");
      return ARMMS_CTL_USAGE;
    }
  if (on != NULL && !armms_date_parse (on, &date))
    {
      g_printerr ("armmsctl rules explain: --on wants a date: 2026-05-31\n");
      return ARMMS_CTL_USAGE;
    }
  book = open_book (folder, &error);
  figures = book != NULL ? armms_rulebook_explain (book, area, date, json_node_get_object (inputs), traces, &error) : NULL;
  if (figures == NULL)
    return armms_ctl_fail ("rules explain", g_steal_pointer (&error));
  text = json_to_string (figures, /* pretty= */ !ctl->json);
  if (ctl->json)
    g_printerr ("%s", traces->str);
  else
    g_print ("%s", traces->str);
  g_print ("%s\n", text);
  return ARMMS_CTL_DONE;
}

static int
list_areas (ArmmsCtl *ctl)
{
  const char *const *areas = armms_rulebook_get_areas ();
  g_autoptr(GString) list = g_string_new (NULL);

  for (guint i = 0; areas[i] != NULL; i++)
    {
      const char *inputs = "", *figures = "";

      if (!armms_rulebook_get_words (areas[i], &inputs, &figures))
        continue;
      if (ctl->json)
        g_string_append_printf (list, "%s{\"area\":\"%s\",\"inputs\":\"%s\",\"figures\":\"%s\"}", i > 0 ? "," : "", areas[i], inputs, figures);
      else
        g_string_append_printf (list, "%s\n    takes %s\n    gives %s\n", areas[i], inputs, figures);
    }
  g_print (ctl->json ? "[%s]\n" : "%s", list->str);
  return ARMMS_CTL_DONE;
}

static int
run_rules (ArmmsCtl *ctl, int argc, char **argv)
{
  g_autofree char *folder = NULL;
  g_autofree char *on = NULL;
  g_autofree char *inputs = NULL;
  const GOptionEntry entries[] = {
    { "folder", 0, 0, G_OPTION_ARG_FILENAME, &folder, NULL, NULL },
    { "on", 0, 0, G_OPTION_ARG_STRING, &on, NULL, NULL },
    { "inputs", 0, 0, G_OPTION_ARG_STRING, &inputs, NULL, NULL },
    { NULL },
  };
  int code;

  if (!armms_ctl_parse (&armms_ctl_rules, entries, &argc, &argv, &code))
    return code;
  if (argc == 3 && g_str_equal (argv[1], "check"))
    return check (ctl, folder, argv[2]);
  if (argc == 3 && g_str_equal (argv[1], "explain"))
    return explain (ctl, folder, argv[2], on, inputs);
  if (argc == 2 && g_str_equal (argv[1], "areas"))
    return list_areas (ctl);
  g_printerr ("Usage: armmsctl %s %s\n", armms_ctl_rules.name, armms_ctl_rules.usage);
  return ARMMS_CTL_USAGE;
}

const ArmmsCtlCommand armms_ctl_rules = {
  .name = "rules",
  .summary = "check worked examples, or explain a figure, with the shipped tables of the law",
  .usage = "check FILE.csv | explain AREA --inputs JSON [--on DATE] | areas  [--folder DIR]",
  .help = "  check FILE.csv    runs each example (columns id, area, on_date, inputs, expected), prints each figure that\n"
          "                    differs as ID KEY: expected X, got Y, and ends with \"N passed, N failed\"; exits with 3 when one failed\n"
          "  explain AREA      prints the figures, and for each the inputs, the rule, the row of the table and the rounding\n"
          "    --on DATE       the day that the pay is for (default: today)\n"
          "    --inputs JSON   an object; amounts in whole centavos under names that end in _c\n"
          "  areas             lists what can be asked, with the inputs and figures of each\n"
          "  --folder DIR      tables from there instead of the shipped ones\n\n"
          "Example: armmsctl rules explain sss --on 2026-05-31 --inputs '{\"compensation_c\": 2310000}'",
  .run = run_rules,
};

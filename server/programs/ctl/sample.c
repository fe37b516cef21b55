/* armmsctl sample: the sample agency. */
#include "server/programs/ctl/commands.h"
#include "server/programs/sample/sample.h"

#include "server/statutory/statutory.h"

typedef struct {
  gint64 seed;
  int guards;
  char *data, *statutory, *keys, *out, *from, *to, *url, *ca, *folder;
  int concurrency, give_up;
  gboolean quiet, missing_ok;
} Options;

/* data/sample beside data/statutory/ph. */
static char *
find_data (const Options *options)
{
  g_autofree char *law = NULL, *parent = NULL, *data = NULL;

  if (options->data != NULL)
    return g_strdup (options->data);
  law = armms_statutory_find_folder ();
  parent = law != NULL ? g_path_get_dirname (law) : g_strdup (".");
  data = g_path_get_dirname (parent);
  return g_build_filename (data, "sample", NULL);
}

static ArmmsSample *
make (const Options *options, GError **error)
{
  g_autofree char *data = find_data (options);

  return armms_sample_new ((guint64) options->seed, (guint) options->guards, data, error);
}

static int
load (ArmmsCtl *ctl, const Options *options)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsSample) sample = NULL;
  g_autoptr(ArmmsDb) db = NULL;
  g_autofree char *law = options->statutory != NULL ? g_strdup (options->statutory) : armms_statutory_find_folder ();
  char tenant[ARMMS_ID_TEXT_SIZE];

  sample = make (options, &error);
  if (sample == NULL)
    return armms_ctl_fail ("sample load", g_steal_pointer (&error));
  db = armms_ctl_open_db (ctl, /* as_owner= */ FALSE);
  if (db == NULL)
    return ARMMS_CTL_FAILED;
  armms_rooms_register (db);
  if (!armms_sample_load (sample, db, law, options->keys, &error))
    return armms_ctl_fail ("sample load", g_steal_pointer (&error));
  armms_id_format (&sample->tenant_id, tenant);
  if (ctl->json)
    g_print ("{\"tenant_id\":\"%s\",\"code\":\"%s\",\"guards\":%u,\"staff\":%u,\"detachments\":%u,\"assignments\":%u,\"relievers\":%u,"
             "\"rate_cards\":%u,\"obligations\":%u,\"benefits\":%u,\"devices\":%u,\"users\":%u}\n",
             tenant, ARMMS_SAMPLE_TENANT_CODE, sample->n_guards, sample->n_staff, sample->n_sites, sample->assignments->len, sample->relievers->len,
             sample->cards->len, sample->obligations->len, sample->benefits->len, sample->devices->len, sample->users->len);
  else
    g_print ("%u guards and %u others at %u detachments, %u assignments, %u reliefs, %u rate cards, %u obligations, %u benefits.\n"
             "Tenant %s (%s); the password of every user is %s\n",
             sample->n_guards, sample->n_staff, sample->n_sites, sample->assignments->len, sample->relievers->len, sample->cards->len,
             sample->obligations->len, sample->benefits->len, ARMMS_SAMPLE_TENANT_CODE, tenant, ARMMS_SAMPLE_PASSWORD);
  return ARMMS_CTL_DONE;
}


static int
events (ArmmsCtl *ctl, const Options *options)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsSample) sample = make (options, &error);
  ArmmsSampleEventFigures figures;
  ArmmsDate from, to;

  if (sample == NULL)
    return armms_ctl_fail ("sample events", g_steal_pointer (&error));
  from = armms_date_add_days (sample->first, -1);
  to = sample->last;
  if ((options->from != NULL && !armms_date_parse (options->from, &from)) || (options->to != NULL && !armms_date_parse (options->to, &to)))
    {
      g_printerr ("armmsctl sample events: a date is written 2026-05-01\n");
      return ARMMS_CTL_USAGE;
    }
  if (!armms_sample_write_events (sample, options->out, from, to, &figures, &error))
    return armms_ctl_fail ("sample events", g_steal_pointer (&error));
  g_print (ctl->json ? "{\"events\":%" G_GUINT64_FORMAT ",\"resent\":%" G_GUINT64_FORMAT ",\"batches\":%" G_GUINT64_FORMAT "}\n"
                     : "%" G_GUINT64_FORMAT " events, %" G_GUINT64_FORMAT " of them sent twice, in %" G_GUINT64_FORMAT " batches\n",
           figures.events, figures.resent, figures.batches);
  return ARMMS_CTL_DONE;
}

static int
play (ArmmsCtl *ctl, const Options *options)
{
  g_autoptr(GError) error = NULL;
  const ArmmsSamplePlay how = { .url = options->url, .ca_path = options->ca, .keys_path = options->keys, .folder = options->folder,
                                .concurrency = (guint) MAX (0, options->concurrency), .give_up_seconds = (guint) MAX (0, options->give_up),
                                .quiet = options->quiet };
  ArmmsSamplePlayFigures figures = { 0 };
  char seconds[G_ASCII_DTOSTR_BUF_SIZE];

  if (!armms_sample_play (&how, &figures, &error))
    return armms_ctl_fail ("sample play", g_steal_pointer (&error));
  g_ascii_formatd (seconds, sizeof seconds, "%.3f", figures.seconds);
  g_print (ctl->json ? "{\"sent\":%" G_GUINT64_FORMAT ",\"accepted\":%" G_GUINT64_FORMAT ",\"duplicate\":%" G_GUINT64_FORMAT ",\"rejected\":%" G_GUINT64_FORMAT
                       ",\"requests\":%" G_GUINT64_FORMAT ",\"retries\":%" G_GUINT64_FORMAT ",\"seconds\":%s}\n"
                     : "%" G_GUINT64_FORMAT " events sent: %" G_GUINT64_FORMAT " accepted, %" G_GUINT64_FORMAT " duplicates, %" G_GUINT64_FORMAT
                       " rejected; %" G_GUINT64_FORMAT " requests, %" G_GUINT64_FORMAT " retries, %s s\n",
           figures.sent, figures.accepted, figures.duplicate, figures.rejected, figures.requests, figures.retries, seconds);
  return figures.rejected > 0 ? ARMMS_CTL_FOUND : ARMMS_CTL_DONE;
}

static int
run (ArmmsCtl *ctl, int argc, char **argv)
{
  Options options = { .seed = ARMMS_SAMPLE_SEED, .guards = ARMMS_SAMPLE_GUARDS };
  const GOptionEntry entries[] = {
    { "seed", 0, 0, G_OPTION_ARG_INT64, &options.seed, NULL, NULL },
    { "guards", 0, 0, G_OPTION_ARG_INT, &options.guards, NULL, NULL },
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &options.data, NULL, NULL },
    { "statutory", 0, 0, G_OPTION_ARG_FILENAME, &options.statutory, NULL, NULL },
    { "keys", 0, 0, G_OPTION_ARG_FILENAME, &options.keys, NULL, NULL },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &options.out, NULL, NULL },
    { "from", 0, 0, G_OPTION_ARG_STRING, &options.from, NULL, NULL },
    { "to", 0, 0, G_OPTION_ARG_STRING, &options.to, NULL, NULL },
    { "url", 0, 0, G_OPTION_ARG_STRING, &options.url, NULL, NULL },
    { "ca", 0, 0, G_OPTION_ARG_FILENAME, &options.ca, NULL, NULL },
    { "events", 0, 0, G_OPTION_ARG_FILENAME, &options.folder, NULL, NULL },
    { "concurrency", 0, 0, G_OPTION_ARG_INT, &options.concurrency, NULL, NULL },
    { "give-up", 0, 0, G_OPTION_ARG_INT, &options.give_up, NULL, NULL },
    { "quiet", 0, 0, G_OPTION_ARG_NONE, &options.quiet, NULL, NULL },
    { NULL },
  };
  int code;

  if (!armms_ctl_parse (&armms_ctl_sample, entries, &argc, &argv, &code))
    return code;
  if (argc == 2 && g_str_equal (argv[1], "load") && options.keys != NULL)
    return load (ctl, &options);
  if (argc == 2 && g_str_equal (argv[1], "events") && options.out != NULL)
    return events (ctl, &options);
  if (argc == 2 && g_str_equal (argv[1], "play") && options.url != NULL && options.keys != NULL && options.folder != NULL)
    return play (ctl, &options);
  g_printerr ("Usage: armmsctl sample %s\n", armms_ctl_sample.usage);
  return ARMMS_CTL_USAGE;
}

const ArmmsCtlCommand armms_ctl_sample = {
  "sample",
  "the sample agency: load it, write a month of clock events, send them",
  "load --keys FILE | events --out DIR | play --url URL --keys FILE --events DIR",
  "  load     puts an agency that does not exist into the configured databases: clients, detachments, guards, posts, rates,\n"
  "           loans, users for each role (see data/sample); the keys of its readers are written to --keys\n"
  "  events   writes the clock events of May 2026 as the field makes them: JSON batches, a file a reader\n"
  "  play     sends them to POST /v1/clock-events as the readers would; may be repeated: events count once\n\n"
  "  --seed N, --guards N   the same give the same agency, ids and events (2026, 1200)\n"
  "  --from DATE, --to DATE duty dates to write\n"
  "  --ca FILE              whom to trust besides the system's authorities\n"
  "  --concurrency N        readers that send at once (8)\n"
  "  --give-up SECONDS      for a batch that nobody takes (60)",
  run,
};

/* armms-server work: the worker as a process. */
#define G_LOG_DOMAIN "armms-worker"

#include "server/programs/subcommand.h"
#include "server/programs/work/worker.h"

#include "server/platform/doorbell/doorbell.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <systemd/sd-daemon.h>

#define START_TRIES_SECONDS 30
/* The keeper comes round five times a second; so long without it and something hangs. */
#define MOST_SILENCE_US (30 * G_USEC_PER_SEC)

static gboolean
start (ArmmsWorker *worker, GError **error)
{
  /* A database that is only just starting, after a reboot, is waited for. */
  for (int second = 0;; second++)
    {
      g_autoptr(GError) local = NULL;

      if (armms_worker_start (worker, &local))
        return TRUE;
      if (second >= START_TRIES_SECONDS || !g_error_matches (local, ARMMS_ERROR, ARMMS_ERROR_UNAVAILABLE))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      g_usleep (G_USEC_PER_SEC);
    }
}

/* Until a signal comes; meanwhile the watchdog hears of us only while the keeper goes its rounds. */
static void
run_until_signalled (ArmmsWorker *worker, const sigset_t *signals)
{
  guint64 watchdog_us = 0;
  gboolean watched = sd_watchdog_enabled (/* unset_environment= */ 0, &watchdog_us) > 0;
  const gint64 pause_us = watched ? MAX ((gint64) watchdog_us / 3, G_USEC_PER_SEC / 10) : 5 * G_USEC_PER_SEC;
  const struct timespec pause = { pause_us / G_USEC_PER_SEC, (pause_us % G_USEC_PER_SEC) * 1000 };

  while (sigtimedwait (signals, NULL, &pause) < 0)
    {
      ArmmsWorkerFigures figures;

      if (errno != EAGAIN && errno != EINTR)
        break;
      armms_worker_get_figures (worker, &figures);
      sd_notifyf (0, "STATUS=%u slots, %u jobs running, %" G_GUINT64_FORMAT " done", figures.slots_held, figures.jobs_running, figures.jobs_done);
      if (armms_worker_get_silence (worker) < MOST_SILENCE_US)
        sd_notify (0, "WATCHDOG=1");
      else
        g_critical ("the keeper is silent");
    }
}

int
armms_work_run_subcommand (int argc, char **argv)
{
  g_autofree char *config_path = NULL;
  int threads = 0;
  const GOptionEntry entries[] = {
    { "config", 'c', 0, G_OPTION_ARG_FILENAME, &config_path, "the configuration", "FILE" },
    { "threads", 't', 0, G_OPTION_ARG_INT, &threads, "threads for streams, and as many for jobs ([worker] threads)", "N" },
    { NULL },
  };
  g_autoptr(GOptionContext) context = g_option_context_new ("- run streams, subscriptions and jobs of all rooms");
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsConfig) config = NULL;
  g_autoptr(ArmmsDb) db = NULL;
  g_autoptr(ArmmsWorker) worker = NULL;
  ArmmsWorkerOptions options = { 0 };
  sigset_t signals;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("armms-server work: %s\n", error->message);
      return ARMMS_EXIT_USAGE;
    }

  /* Before any thread, so that all have them blocked. */
  sigemptyset (&signals);
  sigaddset (&signals, SIGTERM);
  sigaddset (&signals, SIGINT);
  pthread_sigmask (SIG_BLOCK, &signals, NULL);
  signal (SIGPIPE, SIG_IGN);

  config = armms_config_load (config_path, &error);
  if (config != NULL)
    armms_config_set_default (config, "database", "user", "armms_worker");
  db = config != NULL ? armms_db_new (config, /* as_owner= */ FALSE, &error) : NULL;
  if (db == NULL)
    {
      g_printerr ("armms-server work: %s\n", error->message);
      return ARMMS_EXIT_FAILED;
    }
  armms_rooms_register (db);
  options.job_threads = options.stream_threads = (guint) (threads > 0 ? threads : armms_config_integer (config, "worker", "threads", 1, 64, 2));
  options.grace_seconds = (guint) armms_config_integer (config, "worker", "grace-seconds", 1, 600, 25);
  worker = armms_worker_new (db, armms_rooms (), &options);
  if (!start (worker, &error))
    {
      g_printerr ("armms-server work: %s\n", error->message);
      return ARMMS_EXIT_FAILED;
    }
  sd_notify (0, "READY=1");
  g_message ("the worker runs");

  run_until_signalled (worker, &signals);

  sd_notify (0, "STOPPING=1");
  g_message ("the worker comes to rest");
  armms_worker_stop (worker);
  armms_doorbell_stop (db);
  return 0;
}

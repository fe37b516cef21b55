/* A worker with the rooms under test, as a process that can be killed. Usage: worker-process CONFIG */
#include "server/programs/work/worker.h"
#include "tests/server/programs/work/rooms-under-test.h"

#include <signal.h>

int
main (int argc, char **argv)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsConfig) config = NULL;
  g_autoptr(ArmmsDb) db = NULL;
  g_autoptr(ArmmsWorker) worker = NULL;
  const ArmmsWorkerOptions options = { .stream_threads = 2, .job_threads = 2, .grace_seconds = 10, .no_schedule = TRUE };
  sigset_t signals;
  int signal_no;

  sigemptyset (&signals);
  sigaddset (&signals, SIGTERM);
  sigprocmask (SIG_BLOCK, &signals, NULL);
  config = armms_config_load (argv[1], &error);
  db = config != NULL ? armms_db_new (config, FALSE, &error) : NULL;
  if (db == NULL)
    g_error ("%s", error->message);
  armms_rooms_under_test_register (db);
  worker = armms_worker_new (db, armms_rooms_under_test, &options);
  if (!armms_worker_start (worker, &error))
    g_error ("%s", error->message);
  g_print ("ready\n");
  sigwait (&signals, &signal_no);
  armms_worker_stop (worker);
  return 0;
}

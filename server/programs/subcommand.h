/* One program, several duties: armms-server serve | ingest | work. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  const char *name;
  const char *summary;                    /* one line, for --help */
  int (*run) (int argc, char **argv);     /* argv[0] is "armms-server NAME"; returns the exit code */
} ArmmsSubcommand;

/* Exit codes: 0 well, 1 failed, 2 wrong use. */
#define ARMMS_EXIT_FAILED 1
#define ARMMS_EXIT_USAGE 2

int armms_serve_run_subcommand (int argc, char **argv);
int armms_ingest_run_subcommand (int argc, char **argv);
int armms_work_run_subcommand (int argc, char **argv);

G_END_DECLS

/* armmsctl: one table of commands, each in a file of its own.
 *
 * Shape  a command gets what stands behind its name and gives an exit code: 0 done, 1 failed (a message on stderr), 2 used
 *        wrongly, 3 done and found something wrong. With --json its answer is one JSON value on stdout, messages stay on stderr.
 */
#pragma once

#include "server/platform/db/db.h"

G_BEGIN_DECLS

enum { ARMMS_CTL_DONE = 0, ARMMS_CTL_FAILED = 1, ARMMS_CTL_USAGE = 2, ARMMS_CTL_FOUND = 3 };

typedef struct {
  const char *config_path; /* nullable: where armms_config_load() looks */
  gboolean json;
} ArmmsCtl;

typedef struct {
  const char *name;     /* "migrate" */
  const char *summary;  /* one line for the list of commands */
  const char *usage;    /* what stands behind the name: "[--status] [--folder DIR]" */
  const char *help;     /* some lines: what it does, its options, an example */
  int (*run) (ArmmsCtl *ctl, int argc, char **argv); /* argv[0] is the command's name */
} ArmmsCtlCommand;

/* Every command; closed by NULL. A new one is added in commands.c. */
extern const ArmmsCtlCommand *const armms_ctl_commands[];

/* The configuration, or a message on stderr and NULL. Default role: armms_worker. (transfer full) */
ArmmsConfig *armms_ctl_load_config (ArmmsCtl *ctl);
/* The databases, as the unit's role or as the owner, or a message on stderr and NULL. (transfer full) */
ArmmsDb *armms_ctl_open_db (ArmmsCtl *ctl, gboolean as_owner);
/* "armmsctl <command>: <message>" on stderr; gives ARMMS_CTL_FAILED. (transfer full) @error */
int armms_ctl_fail (const char *command, GError *error);
/* Options of the command; --help among them is answered with the command's help. FALSE: end with *@ret_code. */
gboolean armms_ctl_parse (const ArmmsCtlCommand *command, const GOptionEntry *entries, int *argc, char ***argv, int *ret_code);

G_END_DECLS

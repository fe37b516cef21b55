/* Small words for tests of time: "05-04 06:00" is a local instant of 2026 in Manila, "2028-02-29 06:00" one of another year. */
#pragma once

#include "server/rules/time/judge.h"

/* The law's hours of 2026: 480 minutes, 22:00 to 06:00, breaks up to 20 minutes paid. */
extern const ArmmsWorkingTime time_case_law;
ArmmsZone *time_case_zone (void);               /* Asia/Manila, made once */
ArmmsDate time_case_date (const char *text);    /* "05-04" */
ArmmsInstant time_case_instant (const char *text);
ArmmsId time_case_id (const char *name);        /* "" is nil */
/* A duty at @site from @start for @hours, meal break paid, policy of @policy. */
ArmmsDuty time_case_duty (const char *start, int hours, const char *site, const ArmmsTimePolicy *policy);
/* "in 05-04 06:00@a": type, instant, site (none: the site is not known), a tie from the position. After that, each after a
 * blank: !skew=6 (minutes), !unknown (device), !void, !adjusted. */
ArmmsPunch time_case_punch (const char *text, guint number);
/* "ordinary 480, ordinary_ot 240" in the order of the cells; (transfer full) */
char *time_case_cells (const gint32 *cells);
/* "LATE UNDERTIME" in the order of the codes; (transfer full) */
char *time_case_codes (guint32 codes);

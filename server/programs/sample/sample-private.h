#pragma once

#include "server/programs/sample/dice.h"
#include "server/programs/sample/sample.h"

#include "common/wire/benefits/benefit.h"
#include "common/wire/hr/client-company.h"
#include "common/wire/hr/department.h"
#include "common/wire/hr/detachment.h"
#include "common/wire/hr/employee.h"
#include "common/wire/hr/position.h"
#include "common/wire/hr/shift.h"
#include "common/wire/iam/user.h"
#include "common/wire/obligations/obligation.h"
#include "common/wire/rates/rate-card.h"
#include "common/wire/scheduling/assignment.h"
#include "common/wire/scheduling/attendance-policy.h"
#include "common/wire/scheduling/holiday.h"
#include "common/wire/scheduling/reliever.h"
#include "common/wire/timekeeping/device.h"

G_BEGIN_DECLS

enum { SHIFT_DAY, SHIFT_NIGHT, SHIFT_OFFICE, SHIFT_OFFICE_EARLY, SHIFT_OFFICE_LATE, N_SHIFTS };
enum { POSITION_COMMANDER, POSITION_IN_CHARGE, POSITION_GUARD, POSITION_MANAGER, POSITION_OFFICER, POSITION_CLERK, N_POSITIONS };

/* The days that the sample knows: the last of the month before, for the night that ends on the 1st, and the month. */
#define FIRST_DUTY(sample) armms_date_add_days ((sample)->first, -1)

/* sample-places.c */
gboolean sample_make_places (ArmmsSample *sample, const char *data, GError **error);
/* sample-people.c */
gboolean sample_make_people (ArmmsSample *sample, const char *data, GError **error);
/* sample-plan.c: assignments, rest days, relief, and what was done of it */
void sample_make_plan (ArmmsSample *sample);
/* sample-pay.c: rate cards, obligations, benefits */
void sample_make_pay (ArmmsSample *sample);

/* Lines of a small file, the first left out when @skip_header. (transfer full) */
GStrv sample_read_lines (const char *folder, const char *name, gboolean skip_header, GError **error);

G_END_DECLS

/* One paysheet from its facts: earnings, benefits, contributions, tax, the waterfall, the accruals, each line with its trace.
 *
 * Law    none of its own: server/rules/pay/payslip/payslip.h says in which order, and each rule what its figure is. Here facts become the
 *        rules' values, and their results rows.
 * Units  centavos, minutes.
 * Shape  facts in, rows out: no database, no clock. What all employees share (ArmmsPayrunFacts) is read by many threads at once;
 *        a sheet set belongs to one thread. What cannot be priced is a problem of that paysheet, never an error of the run.
 */
#pragma once

#include "server/benefits/benefits.h"
#include "server/hr/hr.h"
#include "server/obligations/obligations.h"
#include "server/rates/rates.h"
#include "server/rules/pay/payslip/payslip.h"
#include "server/statutory/statutory.h"

G_BEGIN_DECLS

/* Rises when the order of the arithmetic changes: equal inputs are then computed again. */
#define ARMMS_COMPUTE_VERSION 3

/* What is kept of one scheme in one paysheet. */
typedef enum {
  ARMMS_FIGURE_EMPLOYEE, ARMMS_FIGURE_EMPLOYER, ARMMS_FIGURE_EMPLOYEE_MPF, ARMMS_FIGURE_EMPLOYER_MPF, ARMMS_FIGURE_EMPLOYER_EC, /* due */
  ARMMS_FIGURE_TAKEN,      /* from pay, of the employee's due */
  ARMMS_FIGURE_RECOVERED,  /* from pay, of earlier months' */
  ARMMS_FIGURE_BASE,
  ARMMS_STATUTORY_FIGURES
} ArmmsStatutoryFigure;

typedef struct {
  ArmmsId payrun_id;
  ArmmsPeriod period;
  ArmmsDate pay_date;
  gint32 periods_per_year;
  ArmmsTaxPeriod tax_period;
  gboolean off_cycle;
  gboolean last_of_year;
  gboolean due[ARMMS_N_SCHEMES];          /* is taken in this period */
  ArmmsFloorPolicy floor;
  const ArmmsRateCardSet *cards;          /* borrowed, as all below */
  const ArmmsPremiumTable *premiums;
  const ArmmsStatutoryTables *tables;
  const GPtrArray *detachments, *positions, *shifts;
} ArmmsPayrunFacts;

/* What was paid for one cell of a timesheet before. */
typedef struct {
  const char *code;       /* interned */
  gint64 minutes, amount, basic;
  const char *pay_class;  /* interned */
} ArmmsPaidLine;

/* One version of one timesheet. */
typedef struct {
  ArmmsId timesheet_id, snapshot_id;
  gint64 version;
  ArmmsPostRole role;
  ArmmsPeriod period;
  ArmmsId detachment_id, shift_id, position_id;
  const char *region, *city; /* interned; nullable */
  GArray *duty_dates;        /* owned; of ArmmsDate */
  GArray *cells, *minutes;   /* owned; of gint64 */
  GArray *paid;              /* owned; of ArmmsPaidLine; NULL: nothing was paid */
} ArmmsPaySource;

/* What earlier closed payruns say. */
typedef struct {
  ArmmsTaxYear year;
  gint64 basic, pool;
  gint64 month_gross;
  gint64 statutory[ARMMS_N_SCHEMES][ARMMS_STATUTORY_FIGURES]; /* of this month */
  gint64 previous_net;
  GArray *de_minimis;        /* owned; of ArmmsDeMinimisPaid; NULL: none */
} ArmmsPayHistory;

typedef struct {
  const ArmmsEmployee *employee;  /* borrowed; NULL: nobody knows him */
  ArmmsId employee_id;
  GPtrArray *sources;             /* owned; of ArmmsPaySource */
  GPtrArray *before;              /* owned; the same, paid earlier in the month: only of who has no sources, and only where he stood */
  const ArmmsEmployment *const *employments; gsize n_employments; /* borrowed: of a monthly basis that touch the period */
  const ArmmsDueBenefit *benefits; gsize n_benefits;              /* borrowed */
  const ArmmsDueInstalment *instalments; gsize n_instalments;     /* borrowed */
  const ArmmsStatutorySchedule *schedules; gsize n_schedules;     /* borrowed */
  ArmmsPayHistory history;
} ArmmsPayFacts;

/* A row of paysheet_lines. Texts are static, interned or borrowed from the facts. */
typedef struct {
  ArmmsLineKind kind;
  const char *code, *title, *pay_class; /* title NULL: the code says it */
  gint64 minutes;                       /* all: G_MININT64 is null */
  gint64 rate, rate_minutes, multiplier;
  gint64 due, waived, deferred, amount, basic;
  ArmmsId source_id, detachment_id;
} ArmmsPayLine;

/* A row of paysheets. */
typedef struct {
  ArmmsId paysheet_id, employee_id;
  char *employee_no, *employee_name;    /* owned */
  ArmmsId detachment_id, position_id;
  guint first_line, n_lines;
  gint64 worked_minutes;
  gint64 gross, basic, allowances, adjustments, untouchable;
  gint64 taxable, regular, supplementary, exempt, pool;
  gint64 taken[ARMMS_N_SCHEMES], tax, obligations, deductions, net, floor;
  gint64 deferred, waived, receivable, tax_short, employer, thirteenth_month, previous_net;
  const char *tax_method;
  gboolean minimum_wage_earner, floor_missed;
  gint64 statutory[ARMMS_N_SCHEMES][ARMMS_STATUTORY_FIGURES];
  char *de_minimis;                     /* owned; JSON {"rice_subsidy": centavos}; NULL */
  GPtrArray *problems, *warnings;       /* owned; of char * */
  char *traces;                         /* owned; JSON array, one per line */
  guint8 content[32];                   /* SHA-256 of all of it */
} ArmmsSheet;

/* Sheets and their lines, side by side; reused from one employee to the next. */
typedef struct _ArmmsSheetSet {
  GPtrArray *sheets;    /* of ArmmsSheet */
  GArray *lines;        /* of ArmmsPayLine */
  /* scratch of one sheet */
  ArmmsPayslip *payslip;
  GArray *posts;        /* of ArmmsPost */
  GArray *earnings;     /* of ArmmsPostLine */
  GArray *benefits;     /* of ArmmsPayBenefit */
  GArray *obligations;  /* of ArmmsPayslipObligation */
  GArray *weeks;        /* of ArmmsMoney */
  GArray *problems, *cards;
  GPtrArray *kept;      /* what posts borrow and nobody else owns */
  GString *traces;
} ArmmsSheetSet;

ArmmsSheetSet *armms_sheet_set_new (void);
void armms_sheet_set_free (ArmmsSheetSet *set);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ArmmsSheetSet, armms_sheet_set_free)

/* Adds the sheet of one employee; none when he has neither timesheets nor benefits and nothing comes of it: no contribution of the
 * month, no tax. FALSE: an overflow, a broken table: an error of the run. */
gboolean armms_compute_sheet (const ArmmsPayrunFacts *payrun, const ArmmsPayFacts *facts, ArmmsSheetSet *set, GError **error) G_GNUC_WARN_UNUSED_RESULT;

void armms_pay_source_free (ArmmsPaySource *source);
void armms_pay_facts_clear (ArmmsPayFacts *facts);

/* The id of a paysheet: always the same for a payrun and an employee. Its last two bytes are 0: they number the lines. */
ArmmsId armms_paysheet_id_of (const ArmmsId *payrun_id, const ArmmsId *employee_id);
ArmmsId armms_paysheet_line_id_of (const ArmmsId *paysheet_id, gint64 line_no);

/* The content of a sheet as bytes to be sealed, and its SHA-256. */
void armms_sheet_seal (ArmmsSheet *sheet, const ArmmsPayLine *lines);
/* What people call a line: its title, or the words for its code. */
const char *armms_pay_line_title (const char *kind, const char *code, const char *title);

G_END_DECLS

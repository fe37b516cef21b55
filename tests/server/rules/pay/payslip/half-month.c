#include "half-month.h"

#include "server/rules/time/working-time.h"

#define DUTY_MINUTES 720
#define DAY_START 360
#define NIGHT_START 1080
#define LATE_MINUTES 16
#define CELLS_AT_MOST (HALF_MONTH_DUTIES * 8)

struct _HalfMonth {
  const ArmmsStatutoryTables *tables;
  ArmmsZone *zone;
  ArmmsTimePolicy policy;
  guint8 day_types[HALF_MONTH_DUTIES + 1];
  ArmmsCalendar calendar;
  ArmmsDate rest_day;
  ArmmsPunch punches[2 * HALF_MONTH_DUTIES];
  ArmmsDuty duties[HALF_MONTH_DUTIES];
  GArray *days;
  ArmmsDate dates[CELLS_AT_MOST];
  gint64 cells[CELLS_AT_MOST], minutes[CELLS_AT_MOST];
  gsize n;
  ArmmsPayCard card;
  GArray *lines, *problems;
  ArmmsPayBenefit rice;
  ArmmsPayslipObligation loans[2];
  ArmmsPayslipTerms terms;
  ArmmsPayslipFacts facts;
  ArmmsPayslip *payslip;
  GString *traces;
};

static gboolean
is_by_day (guint duty)
{
  return duty == 5 || duty == 6;
}

/* The facts as a device and a roster tell them. */
static void
fill_facts (HalfMonth *h)
{
  ArmmsDate first = armms_date_from_ymd (2026, 5, 16);

  h->day_types[11] = ARMMS_DAY_REGULAR; /* 27 May: Eid'l Adha */
  h->calendar = (ArmmsCalendar) { first, G_N_ELEMENTS (h->day_types), h->day_types };
  h->rest_day = armms_date_add_days (first, 8);
  for (guint i = 0; i < HALF_MONTH_DUTIES; i++)
    {
      ArmmsDate date = armms_date_add_days (first, (int) i);
      ArmmsInstant starts_at = armms_zone_instant (h->zone, date, is_by_day (i) ? DAY_START : NIGHT_START);
      ArmmsInstant ends_at = { starts_at.us + DUTY_MINUTES * ARMMS_US_PER_MINUTE };
      ArmmsId site = { .bytes = { 1 } };

      h->duties[i] = (ArmmsDuty) {
        .duty_date = date, .detachment_id = site, .starts_at = starts_at, .ends_at = ends_at, .break_minutes = 60, .break_at = ARMMS_INSTANT_NONE,
        .policy = &h->policy, .calendar = &h->calendar,
      };
      h->punches[2 * i] = (ArmmsPunch) { .kind = ARMMS_PUNCH_IN, .at = starts_at, .detachment_id = site, .duty = -1, .id = { .bytes = { (guint8) (2 * i + 1) } } };
      h->punches[2 * i + 1] = (ArmmsPunch) { .kind = ARMMS_PUNCH_OUT, .at = ends_at, .detachment_id = site, .duty = -1,
                                             .id = { .bytes = { (guint8) (2 * i + 2) } } };
      if (i == 3)
        h->punches[2 * i].at.us += LATE_MINUTES * ARMMS_US_PER_MINUTE;
    }
}

static void
fill_pay (HalfMonth *h)
{
  const ArmmsStatutoryTables *tables = h->tables;

  h->card = (ArmmsPayCard) { .basis = ARMMS_BASIS_DAILY, .day_minutes = 480, .amount = { 80000 }, .from = armms_date_from_ymd (2026, 1, 1), .to = ARMMS_DATE_NONE, .source = "card" };
  h->rice = (ArmmsPayBenefit) { .code = "allowance", .amount = { 100000 }, .small_kind = "rice_subsidy" };
  h->loans[0] = (ArmmsPayslipObligation) { .id = { .bytes = { 1 } }, .code = "sss_loan", .priority = 1, .due = { 50000 } };
  h->loans[1] = (ArmmsPayslipObligation) { .id = { .bytes = { 2 } }, .code = "cash_advance", .priority = 2, .due = { 50000 } };
  h->terms = (ArmmsPayslipTerms) {
    .period = { armms_date_from_ymd (2026, 5, 16), armms_date_from_ymd (2026, 5, 31) }, .paid_on = armms_date_from_ymd (2026, 6, 5),
    .tax_period = ARMMS_TAX_SEMI_MONTHLY, .due = { [ARMMS_SCHEME_SSS] = TRUE, [ARMMS_SCHEME_PHILHEALTH] = TRUE }, .floor = tables->settings.floor,
    .contributions = &tables->contributions, .taxes = &tables->taxes, .ceilings = &tables->de_minimis, .tax_method = ARMMS_TAX_METHOD_TABLE,
    .equivalent_factor = tables->settings.equivalent_factor, .philhealth_factor = tables->settings.philhealth_factor,
    .hdmf_part_month_base = tables->settings.hdmf_part_month_base, .benefit_pool = tables->settings.benefit_pool,
  };
  h->facts = (ArmmsPayslipFacts) {
    .benefits = &h->rice, .n_benefits = 1, .obligations = h->loans, .n_obligations = 2, .principal = &h->card, .month_gross = { 1500000 },
    .basic = { 8000000 },
  };
}

HalfMonth *
half_month_new (const ArmmsStatutoryTables *tables)
{
  HalfMonth *h = g_new0 (HalfMonth, 1);

  h->tables = tables;
  h->zone = armms_zone_new ("Asia/Manila");
  h->policy = armms_time_policy_default;
  armms_working_time_apply (armms_working_time_find (&tables->working_time, armms_date_from_ymd (2026, 5, 16), /* error= */ NULL), &h->policy);
  h->days = g_array_new (FALSE, FALSE, sizeof (ArmmsDayLine));
  h->lines = g_array_new (FALSE, FALSE, sizeof (ArmmsPostLine));
  h->problems = g_array_new (FALSE, FALSE, sizeof (ArmmsPayProblem));
  h->payslip = armms_payslip_new ();
  h->traces = g_string_sized_new (16384);
  fill_facts (h);
  fill_pay (h);
  return h;
}

void
half_month_free (HalfMonth *h)
{
  if (h == NULL)
    return;
  armms_zone_free (h->zone);
  g_array_unref (h->days);
  g_array_unref (h->lines);
  g_array_unref (h->problems);
  armms_payslip_free (h->payslip);
  g_string_free (h->traces, TRUE);
  g_free (h);
}

static void
judge (HalfMonth *h)
{
  ArmmsTimeFacts facts = {
    .zone = h->zone, .policy = &h->policy, .law = h->tables->working_time, .from = h->terms.period.from, .to = h->terms.period.to, .closed_from = ARMMS_DATE_NONE,
    .closed_through = h->terms.period.to, .punches = h->punches, .n_punches = G_N_ELEMENTS (h->punches), .duties = h->duties,
    .n_duties = G_N_ELEMENTS (h->duties), .rest_days = &h->rest_day, .n_rest_days = 1, .hired_on = ARMMS_DATE_NONE, .separated_on = ARMMS_DATE_NONE,
  };

  g_array_set_size (h->days, 0);
  armms_time_judge (&facts, h->days);
}

static void
add_cell (HalfMonth *h, ArmmsDate date, gint64 cell, gint64 minutes)
{
  if (minutes == 0)
    return;
  g_assert (h->n < CELLS_AT_MOST);
  h->dates[h->n] = date;
  h->cells[h->n] = cell;
  h->minutes[h->n++] = minutes;
}

/* As a timesheet tells payroll. */
static void
collect_cells (HalfMonth *h)
{
  h->n = 0;
  for (guint i = 0; i < h->days->len; i++)
    {
      const ArmmsDayLine *day = &g_array_index (h->days, ArmmsDayLine, i);

      for (guint cell = 0; cell < ARMMS_N_CELLS; cell++)
        add_cell (h, day->duty_date, cell, day->cells[cell]);
      add_cell (h, day->duty_date, ARMMS_CELL_LATE, day->late);
    }
}

static gboolean
pay (HalfMonth *h, GError **error)
{
  ArmmsPostTerms terms = { &h->tables->premiums, &h->tables->wages, h->tables->settings.wage_sector, 24 };
  ArmmsPost post = {
    .period = h->terms.period, .cards = &h->card, .n_cards = 1, .duty_dates = h->dates, .cells = h->cells, .minutes = h->minutes, .n = h->n,
    .region = "NCR", .employed_from = ARMMS_DATE_NONE, .employed_to = ARMMS_DATE_NONE,
  };
  ArmmsPostWage wage;

  g_array_set_size (h->lines, 0);
  g_array_set_size (h->problems, 0);
  if (!armms_post_price (&terms, &post, 0, h->lines, h->problems, &wage, error))
    return FALSE;
  h->facts.earnings = (const ArmmsPostLine *) (gpointer) h->lines->data;
  h->facts.n_earnings = h->lines->len;
  return armms_payslip_assemble (&h->terms, &h->facts, h->payslip, error);
}

static void
write_traces (HalfMonth *h)
{
  g_string_truncate (h->traces, 0);
  for (guint i = 0; i < h->payslip->lines->len; i++)
    {
      ArmmsTrace trace;

      armms_payslip_line_trace (h->payslip, &g_array_index (h->payslip->lines, ArmmsPayslipLine, i), &trace);
      g_string_append_c (h->traces, i == 0 ? '[' : ',');
      armms_trace_append_json (&trace, h->traces);
    }
  g_string_append_c (h->traces, ']');
}

gboolean
half_month_run (HalfMonth *h, GError **error)
{
  judge (h);
  collect_cells (h);
  if (!pay (h, error))
    return FALSE;
  write_traces (h);
  return TRUE;
}

const ArmmsPayslip *
half_month_get_payslip (const HalfMonth *h)
{
  return h->payslip;
}

const char *
half_month_get_traces (const HalfMonth *h)
{
  return h->traces->str;
}

const GArray *
half_month_get_days (const HalfMonth *h)
{
  return h->days;
}

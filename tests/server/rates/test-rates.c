/* What posts are worth: timelines, sets, approval, the premium matrix. */
#include "tests/server/hr/agency.h"

#include "server/approvals/approvals.h"
#include "server/iam/iam.h"
#include "server/rates/rates-private.h"
#include "server/tenant/tenant.h"
#include "server/timekeeping/timekeeping.h"

#include <string.h>

static const ArmmsRoom *const rooms[] = {
  &armms_tenant_room, &armms_iam_room, &armms_approvals_room, &armms_hr_room, &armms_timekeeping_room, &armms_statutory_room, &armms_rates_room, NULL,
};

static ArmmsRateCard *
card_from (const Agency *agency, const char *basis, gint64 amount, const char *from, const char *to)
{
  ArmmsRateCard *card = armms_record_new (&armms_rate_card_type);

  if (agency != NULL)
    {
      card->detachment_id = agency->site_id;
      card->shift_id = agency->day_id;
      card->position_id = agency->guard_id;
    }
  card->basis = g_strdup (basis);
  card->amount = ARMMS_MONEY (amount);
  card->valid_from = day (from);
  card->valid_to = to != NULL ? day (to) : ARMMS_DATE_NONE;
  card->reason = g_strdup ("contract");
  return card;
}

/* -- the timeline, without a database -- */

typedef struct {
  const char *from, *to;
  gint64 amount;
} Span;

typedef struct {
  const char *name;
  Span before[4];
  Span wanted;
  Span after[5];
} Timeline;

static const Timeline timelines[] = {
  { "the first of its post", { { NULL } }, { "2026-05-01", NULL, 2 }, { { "2026-05-01", NULL, 2 } } },
  { "closes the open one", { { "2026-01-01", NULL, 1 } }, { "2026-05-11", NULL, 2 }, { { "2026-01-01", "2026-05-10", 1 }, { "2026-05-11", NULL, 2 } } },
  { "from its very first day", { { "2026-01-01", NULL, 1 } }, { "2026-01-01", NULL, 2 }, { { "2026-01-01", NULL, 2 } } },
  { "stands inside and gives back", { { "2026-01-01", NULL, 1 } }, { "2026-05-11", "2026-05-20", 2 },
    { { "2026-01-01", "2026-05-10", 1 }, { "2026-05-11", "2026-05-20", 2 }, { "2026-05-21", NULL, 1 } } },
  { "covers one wholly", { { "2026-01-01", "2026-04-30", 1 }, { "2026-05-01", "2026-05-31", 3 }, { "2026-06-01", NULL, 4 } }, { "2026-04-16", "2026-06-15", 2 },
    { { "2026-01-01", "2026-04-15", 1 }, { "2026-04-16", "2026-06-15", 2 }, { "2026-06-16", NULL, 4 } } },
  { "touches nobody", { { "2026-01-01", "2026-04-30", 1 }, { "2026-06-01", NULL, 4 } }, { "2026-05-01", "2026-05-31", 2 },
    { { "2026-01-01", "2026-04-30", 1 }, { "2026-05-01", "2026-05-31", 2 }, { "2026-06-01", NULL, 4 } } },
  { "begins before all", { { "2026-05-01", NULL, 1 } }, { "2026-04-01", "2026-05-01", 2 }, { { "2026-04-01", "2026-05-01", 2 }, { "2026-05-02", NULL, 1 } } },
};

static void
test_timeline (gconstpointer data)
{
  const Timeline *line = data;
  g_autoptr(GPtrArray) before = armms_records_new (&armms_rate_card_type);
  g_autoptr(GPtrArray) after = NULL;
  ArmmsRateCard *wanted = card_from (NULL, "daily", line->wanted.amount, line->wanted.from, line->wanted.to);

  wanted->rate_card_id = armms_id_new ();
  for (const Span *span = line->before; span->from != NULL; span++)
    {
      ArmmsRateCard *card = card_from (NULL, "daily", span->amount, span->from, span->to);

      card->rate_card_id = armms_id_new ();
      g_ptr_array_add (before, card);
    }
  after = armms_rate_cards_replan (before, wanted);
  for (guint i = 0; i < after->len; i++)
    {
      const ArmmsRateCard *card = after->pdata[i];
      const Span *span = &line->after[i];

      g_assert_nonnull (span->from);
      g_assert_cmpint (card->valid_from.days, ==, day (span->from).days);
      g_assert_cmpint (card->valid_to.days, ==, span->to != NULL ? day (span->to).days : ARMMS_DATE_NONE.days);
      g_assert_cmpint (card->amount.centavos, ==, span->amount);
      for (guint k = 0; k < i; k++)
        g_assert_false (armms_id_equal (&card->rate_card_id, &((ArmmsRateCard *) after->pdata[k])->rate_card_id));
    }
  g_assert_null (line->after[after->len].from);
  armms_record_free (&armms_rate_card_type, wanted);
}

/* -- sets -- */

static void
set_up (Agency *agency)
{
  g_autofree char *law = g_build_filename (g_getenv ("ARMMS_SOURCE_ROOT"), "data", "statutory", "ph", NULL);
  g_autoptr(GError) error = NULL;
  ArmmsTenant *tenant = armms_record_new (&armms_tenant_type);
  ArmmsWork *work;
  gint64 rows = 0;

  agency_set_up (agency, rooms);
  armms_approvals_set_rooms (&armms_rates_room);
  tenant->tenant_id = agency->actor.tenant_id;
  tenant->code = g_strdup ("agency");
  tenant->name = g_strdup ("Agency");
  work = begin (agency, "tenant");
  g_assert_true (armms_tenant_insert (work, tenant, &error));
  commit (work);
  armms_record_free (&armms_tenant_type, tenant);
  work = begin (agency, "gov");
  g_assert_true (armms_statutory_import (work, law, NULL, &error));
  commit (work);
  work = begin (agency, "finance_rates");
  g_assert_true (armms_rates_import_premiums (work, law, &rows, &error));
  g_assert_cmpint (rows, ==, 10);
  g_assert_true (armms_rates_import_premiums (work, law, &rows, &error));
  g_assert_cmpint (rows, ==, 0);
  commit (work);
}

static gboolean
insert (Agency *agency, ArmmsRateCard *card, GError **error)
{
  g_autoptr(GPtrArray) cards = armms_records_new (&armms_rate_card_type);
  ArmmsWork *work = begin (agency, "finance_rates");
  gboolean ok;

  g_ptr_array_add (cards, card);
  ok = armms_rates_insert_cards (work, cards, error);
  if (ok)
    commit (work);
  else
    armms_work_free (work);
  return ok;
}

static void
test_sets (void)
{
  Agency agency;
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsRateCardSet) set = NULL;
  ArmmsRateCard *salary;
  ArmmsPremiumTable *premiums;
  const ArmmsPayCard *cards;
  ArmmsWork *work;
  ArmmsId nobody = armms_id_new ();
  gsize n;

  set_up (&agency);
  g_assert_true (insert (&agency, card_from (&agency, "daily", 69500, "2026-01-01", "2026-05-10"), &error));
  g_assert_true (insert (&agency, card_from (&agency, "daily", 72500, "2026-05-11", NULL), &error));
  salary = card_from (&agency, "monthly", 2610000, "2026-01-01", NULL);
  salary->detachment_id = agency.office_id;
  salary->position_id = agency.clerk_id;
  salary->factor = (ArmmsMultiplier) { 261000000 };
  salary->salaried = TRUE;
  g_assert_true (insert (&agency, salary, &error));
  g_assert_no_error (error);

  work = begin (&agency, "finance_rates");
  set = armms_rates_load_cards (work, day ("2026-05-01"), day ("2026-05-15"), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (armms_rate_card_set_count (set), ==, 3);
  cards = armms_rate_card_set_find (set, &agency.site_id, &agency.day_id, &agency.guard_id, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpint (cards[0].amount.centavos, ==, 69500);
  g_assert_cmpint (cards[1].amount.centavos, ==, 72500);
  g_assert_cmpint (armms_pay_card_find (cards, n, day ("2026-05-10"))->amount.centavos, ==, 69500);
  g_assert_cmpint (armms_pay_card_find (cards, n, day ("2026-05-11"))->amount.centavos, ==, 72500);
  cards = armms_rate_card_set_find (set, &agency.office_id, &agency.day_id, &agency.clerk_id, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_true (cards[0].salaried && cards[0].covers_special_days && !cards[0].covers_rest_days);
  g_assert_null (armms_rate_card_set_find (set, &nobody, &agency.day_id, &agency.guard_id, &n));
  g_assert_cmpuint (n, ==, 0);
  g_clear_pointer (&set, armms_rate_card_set_free);
  set = armms_rates_load_cards (work, day ("2026-05-11"), day ("2026-05-15"), &error);
  g_assert_cmpuint (armms_rate_card_set_count (set), ==, 2);
  premiums = armms_rates_load_premiums (work, day ("2026-05-01"), day ("2026-05-15"), &error);
  g_assert_cmpuint (premiums->n_rows, ==, 10);
  g_assert_cmpint (armms_premium_find (premiums, ARMMS_CELL (ARMMS_DAY_REGULAR, 1, 1, 1), day ("2026-05-01"))->overtime_night.millionths, ==, 3718000);
  armms_rates_premiums_free (premiums);
  armms_work_free (work);
  g_assert_cmpint (armms_test_database_integer (agency.database, "select count(*) from finance_rates.finance_rates_outbox where event = 'armms.rates.RateCardUpdated.v1'"), ==, 3);
  agency_tear_down (&agency);
}

static void
test_refusals (void)
{
  Agency agency;
  g_autoptr(GError) overlap = NULL;
  g_autoptr(GError) no_factor = NULL;
  g_autoptr(GError) daily_salary = NULL;
  g_autoptr(GError) backwards = NULL;
  g_autofree char *fields = NULL;
  ArmmsRateCard *card;

  set_up (&agency);
  g_assert_true (insert (&agency, card_from (&agency, "daily", 69500, "2026-01-01", NULL), NULL));
  g_assert_false (insert (&agency, card_from (&agency, "daily", 70000, "2026-05-01", "2026-05-01"), &overlap));
  g_assert_error (overlap, ARMMS_ERROR, ARMMS_ERROR_CONFLICT);
  g_assert_cmpstr (armms_error_get_code (overlap), ==, "overlaps");
  g_assert_false (insert (&agency, card_from (&agency, "monthly", 2000000, "2027-01-01", NULL), &no_factor));
  fields = wrong_fields (no_factor);
  g_assert_cmpstr (fields, ==, "factor:required");
  card = card_from (&agency, "daily", 70000, "2027-01-01", NULL);
  card->salaried = TRUE;
  g_assert_false (insert (&agency, card, &daily_salary));
  g_assert_error (daily_salary, ARMMS_ERROR, ARMMS_ERROR_INVALID_INPUT);
  g_assert_false (insert (&agency, card_from (&agency, "daily", 70000, "2027-01-02", "2027-01-01"), &backwards));
  g_assert_error (backwards, ARMMS_ERROR, ARMMS_ERROR_INVALID_INPUT);
  g_assert_cmpint (armms_test_database_integer (agency.database, "select count(*) from finance_rates.rate_cards"), ==, 1);
  agency_tear_down (&agency);
}

/* -- approval -- */

static void
test_approval (void)
{
  Agency agency;
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) same = NULL;
  ArmmsRateCard *wanted;
  ArmmsRateCardPreview *preview;
  ArmmsWork *work;
  ArmmsId asked;

  set_up (&agency);
  g_assert_true (insert (&agency, card_from (&agency, "daily", 69500, "2026-01-01", NULL), NULL));

  /* A preview stores nothing, and says what a duty costs and what to look at. */
  wanted = card_from (&agency, "daily", 69000, "2026-05-11", NULL);
  work = begin (&agency, "finance_rates");
  preview = armms_rates_preview (work, wanted, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (preview->before->len, ==, 1);
  g_assert_cmpuint (preview->after->len, ==, 2);
  g_assert_cmpint (preview->day_before.centavos, ==, 69500);
  g_assert_cmpint (preview->duty_before.centavos, ==, 112938);
  g_assert_cmpint (preview->day_after.centavos, ==, 69000);
  g_assert_cmpuint (g_strv_length (preview->warnings), ==, 1);
  g_assert_true (g_str_has_prefix (preview->warnings[0], "minimum_wage.below: 690.00 a day is below 695.00"));
  armms_record_free (&armms_rate_card_preview_type, preview);
  armms_work_free (work);
  armms_record_free (&armms_rate_card_type, wanted);
  g_assert_cmpint (armms_test_database_integer (agency.database, "select count(*) from audit.change_requests"), ==, 0);

  wanted = card_from (&agency, "daily", 72500, "2026-05-11", NULL);
  work = begin (&agency, "finance_rates");
  preview = armms_rates_request (work, wanted, &error);
  g_assert_no_error (error);
  g_assert_false (armms_id_is_nil (&preview->change_id));
  asked = preview->rate_card_id;
  g_assert_cmpuint (g_strv_length (preview->warnings), ==, 0);
  armms_record_free (&armms_rate_card_preview_type, preview);
  armms_record_free (&armms_rate_card_type, wanted);
  commit (work);
  g_assert_cmpint (armms_test_database_integer (agency.database, "select count(*) from finance_rates.rate_cards"), ==, 1);

  /* Not by who asked. */
  work = begin (&agency, "finance_rates");
  g_assert_false (armms_approvals_decide (work, "rate-card", &asked, "approve", NULL, &same));
  g_assert_cmpstr (armms_error_get_code (same), ==, "approvals.same_person");
  armms_work_free (work);

  /* In between another card of the post came to stand: the change is planned on what stands now. */
  wanted = card_from (&agency, "daily", 71000, "2026-06-01", "2026-06-30");
  work = begin (&agency, "finance_rates");
  preview = armms_rates_request (work, wanted, &error);
  g_assert_no_error (error);
  commit (work);
  agency.actor.user_id = armms_id_new ();
  work = begin (&agency, "finance_rates");
  g_assert_true (armms_approvals_decide (work, "rate-card", &preview->rate_card_id, "approve", "agreed", &error));
  commit (work);
  armms_record_free (&armms_rate_card_preview_type, preview);
  armms_record_free (&armms_rate_card_type, wanted);
  g_assert_cmpint (armms_test_database_integer (agency.database, "select count(*) from finance_rates.rate_cards"), ==, 3);

  work = begin (&agency, "finance_rates");
  g_assert_true (armms_approvals_decide (work, "rate-card", &asked, "approve", "agreed", &error));
  g_assert_no_error (error);
  commit (work);
  {
    g_autofree char *timeline = armms_test_database_value (agency.database,
      "select string_agg(amount_centavos || ' ' || valid_from || '..' || coalesce(valid_to::text, ''), ', ' order by valid_from) from finance_rates.rate_cards");

    g_assert_cmpstr (timeline, ==, "69500 2026-01-01..2026-05-10, 72500 2026-05-11..");
  }
  agency_tear_down (&agency);
}

static void
test_rejection (void)
{
  Agency agency;
  g_autoptr(GError) error = NULL;
  ArmmsRateCard *wanted;
  ArmmsRateCardPreview *preview;
  ArmmsWork *work;

  set_up (&agency);
  wanted = card_from (&agency, "daily", 69500, "2026-01-01", NULL);
  work = begin (&agency, "finance_rates");
  preview = armms_rates_request (work, wanted, &error);
  g_assert_no_error (error);
  commit (work);
  agency.actor.user_id = armms_id_new ();
  work = begin (&agency, "finance_rates");
  g_assert_true (armms_approvals_decide (work, "rate-card", &preview->rate_card_id, "reject", "not agreed with the client", &error));
  commit (work);
  g_assert_cmpint (armms_test_database_integer (agency.database, "select count(*) from finance_rates.rate_cards"), ==, 0);
  armms_record_free (&armms_rate_card_preview_type, preview);
  armms_record_free (&armms_rate_card_type, wanted);
  agency_tear_down (&agency);
}

/* -- who sees what -- */

static void
test_tenancy (void)
{
  Agency agency;
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsRateCardSet) limited = NULL;
  g_autoptr(ArmmsRateCardSet) foreign = NULL;
  ArmmsRateCard *office, *elsewhere;
  ArmmsWork *work;
  gsize n;

  set_up (&agency);
  g_assert_true (insert (&agency, card_from (&agency, "daily", 69500, "2026-01-01", NULL), NULL));
  office = card_from (&agency, "daily", 54000, "2026-01-01", NULL);
  office->detachment_id = agency.office_id;
  g_assert_true (insert (&agency, office, NULL));

  /* Limited to one detachment: the other's rates are not seen, nor written. */
  agency.actor.detachments = &agency.site_id;
  agency.actor.n_detachments = 1;
  work = begin (&agency, "finance_rates");
  limited = armms_rates_load_cards (work, day ("2026-05-01"), day ("2026-05-15"), &error);
  g_assert_cmpuint (armms_rate_card_set_count (limited), ==, 1);
  g_assert_null (armms_rate_card_set_find (limited, &agency.office_id, &agency.day_id, &agency.guard_id, &n));
  armms_work_free (work);
  elsewhere = card_from (&agency, "daily", 54000, "2026-01-01", NULL);
  elsewhere->detachment_id = agency.office_id;
  elsewhere->shift_id = agency.night_id;
  g_assert_false (insert (&agency, elsewhere, &error));
  g_assert_error (error, ARMMS_ERROR, ARMMS_ERROR_FORBIDDEN);

  agency.actor.n_detachments = 0;
  agency.actor.tenant_id = armms_id_new ();
  work = begin (&agency, "finance_rates");
  foreign = armms_rates_load_cards (work, day ("2026-05-01"), day ("2026-05-15"), NULL);
  g_assert_cmpuint (armms_rate_card_set_count (foreign), ==, 0);
  armms_work_free (work);
  agency_tear_down (&agency);
}

/* -- the better of law and contract ------------------------------------------------------------------------------ */

static gint64
overtime_on (Agency *agency, const char *cell_name, const char *date)
{
  ArmmsWork *work = begin (agency, "finance_rates");
  g_autoptr(GError) error = NULL;
  ArmmsPremiumTable *premiums = armms_rates_load_premiums (work, day ("2017-12-01"), day ("2026-12-31"), &error);
  const ArmmsPremiumRow *row;
  gint64 millionths = -1;
  ArmmsCell cell;

  g_assert_no_error (error);
  g_assert_true (armms_cell_parse (cell_name, &cell));
  row = armms_premium_find (premiums, cell, day (date));
  if (row != NULL)
    millionths = armms_premium_multiplier (row, cell, ARMMS_PREMIUM_FULL).millionths;
  armms_rates_premiums_free (premiums);
  armms_work_free (work);
  return millionths;
}

/* A tenant's own matrix may promise more than the law, and is worth nothing where it promises less. */
static void
test_contract (void)
{
  Agency agency;

  set_up (&agency);
  armms_test_database_exec (agency.database, "update finance_rates.premiums set overtime = 1300000, first8_night = 1050000, source = 'agreement'"
                                             " where day_type = 'ordinary' and not rest_day");
  armms_test_database_exec (agency.database, "update finance_rates.premiums set overtime = 2000000, valid_from = '2026-05-01', valid_to = '2026-05-15'"
                                             " where day_type = 'regular' and not rest_day");
  armms_test_database_exec (agency.database, "delete from finance_rates.premiums where day_type = 'special'");
  g_assert_cmpint (overtime_on (&agency, "ordinary_ot", "2026-05-04"), ==, 1300000);
  g_assert_cmpint (overtime_on (&agency, "ordinary_nd", "2026-05-04"), ==, 1100000);
  g_assert_cmpint (overtime_on (&agency, "regular_ot", "2026-05-01"), ==, 2600000);
  g_assert_cmpint (overtime_on (&agency, "regular_ot", "2026-05-16"), ==, 2600000);
  g_assert_cmpint (overtime_on (&agency, "special_ot", "2026-05-04"), ==, 1690000);
  g_assert_cmpint (overtime_on (&agency, "ordinary_ot", "2018-01-01"), ==, 1300000);
  g_assert_cmpint (overtime_on (&agency, "ordinary_ot", "2017-12-31"), ==, -1);
  agency_tear_down (&agency);
}

/* A matrix that was loaded when its beginning was not written down learns it; one that reads otherwise is refused. */
static void
test_open_beginning (void)
{
  g_autofree char *law = g_build_filename (g_getenv ("ARMMS_SOURCE_ROOT"), "data", "statutory", "ph", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) changed = NULL;
  ArmmsWork *work;
  Agency agency;
  gint64 rows = 0;

  set_up (&agency);
  armms_test_database_exec (agency.database, "update finance_rates.premiums set valid_from = null");
  work = begin (&agency, "finance_rates");
  g_assert_true (armms_rates_import_premiums (work, law, &rows, &error));
  g_assert_no_error (error);
  commit (work);
  g_assert_cmpint (rows, ==, 10);
  g_assert_cmpint (armms_test_database_integer (agency.database, "select count(*) from finance_rates.premiums where valid_from = '2018-01-01' and valid_to is null"), ==, 10);
  armms_test_database_exec (agency.database, "update finance_rates.premiums set valid_from = null, first8 = 1 where day_type = 'regular' and rest_day");
  work = begin (&agency, "finance_rates");
  g_assert_false (armms_rates_import_premiums (work, law, &rows, &changed));
  g_assert_cmpstr (armms_error_get_code (changed), ==, "statutory.changed_past");
  armms_work_free (work);
  agency_tear_down (&agency);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (timelines); i++)
    {
      g_autofree char *name = g_strdelimit (g_strdup (timelines[i].name), " ", '-');
      g_autofree char *path = g_strconcat ("/rates/timeline/", name, NULL);
      g_test_add_data_func (path, &timelines[i], test_timeline);
    }
  g_test_add_func ("/rates/sets/in-and-out", test_sets);
  g_test_add_func ("/rates/sets/what-is-refused", test_refusals);
  g_test_add_func ("/rates/approval/planned-on-what-stands-then", test_approval);
  g_test_add_func ("/rates/approval/rejected-stores-nothing", test_rejection);
  g_test_add_func ("/rates/premiums/the-better-of-law-and-contract", test_contract);
  g_test_add_func ("/rates/premiums/a-beginning-is-learnt", test_open_beginning);
  g_test_add_func ("/rates/tenancy/detachments-and-tenants", test_tenancy);
  return g_test_run ();
}

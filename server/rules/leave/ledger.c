#include "server/rules/leave/ledger.h"

static const char *const kind_names[ARMMS_LEAVE_N_ENTRY_KINDS] = { "granted", "carried", "adjusted", "taken", "expired", "converted" };

const char *
armms_leave_entry_kind_name (ArmmsLeaveEntryKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kind_names), NULL);

  return kind_names[kind];
}

gboolean
armms_leave_entry_kind_parse (const char *name, ArmmsLeaveEntryKind *ret_kind)
{
  for (guint kind = 0; kind < G_N_ELEMENTS (kind_names); kind++)
    if (g_strcmp0 (name, kind_names[kind]) == 0)
      {
        *ret_kind = (ArmmsLeaveEntryKind) kind;
        return TRUE;
      }
  return FALSE;
}

void
armms_leave_book_clear (ArmmsLeaveBook *book)
{
  g_clear_pointer (&book->lots, g_array_unref);
}

static gboolean
refuse (GError **error, const char *why)
{
  armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "leave.entry", "%s", why);
  return FALSE;
}

static gboolean
comes (const ArmmsLeaveEntry *entry)
{
  return entry->kind == ARMMS_LEAVE_GRANTED || entry->kind == ARMMS_LEAVE_CARRIED
         || (entry->kind == ARMMS_LEAVE_ADJUSTED && entry->days.millionths > 0);
}

/* What never expires comes last. */
static gint32
last_day (ArmmsDate expires_on)
{
  return armms_date_is_none (expires_on) ? G_MAXINT32 : expires_on.days;
}

static gboolean
check_entry (const ArmmsLeaveEntry *entry, ArmmsDate before, GError **error)
{
  gint64 days = entry->days.millionths, most = ARMMS_LEAVE_DAYS_MAX.millionths;

  if ((guint) entry->kind >= ARMMS_LEAVE_N_ENTRY_KINDS)
    return refuse (error, "unknown kind of entry");
  if (days == 0 || days > most || days < -most || (days < 0 && entry->kind != ARMMS_LEAVE_ADJUSTED))
    return refuse (error, "the days of an entry are out of range");
  if (armms_date_is_none (entry->on) || entry->on.days < before.days)
    return refuse (error, "the entries do not stand in the order of time");
  if (comes (entry) && last_day (entry->expires_on) < entry->on.days)
    return refuse (error, "an entry expires before it comes");
  return TRUE;
}

static ArmmsLeaveLot *
lot_at (const ArmmsLeaveBook *book, guint i)
{
  return &g_array_index (book->lots, ArmmsLeaveLot, i);
}

/* Behind those that expire before it or with it: of two the older is used first. */
static void
add_lot (ArmmsLeaveBook *book, const ArmmsLeaveEntry *entry)
{
  ArmmsLeaveLot lot = { entry->on, entry->expires_on, entry->days };
  guint at = 0;

  while (at < book->lots->len && last_day (lot_at (book, at)->expires_on) <= last_day (lot.expires_on))
    at++;
  g_array_insert_val (book->lots, at, lot);
}

/* What expires first goes first. */
static void
use (ArmmsLeaveBook *book, gint64 days)
{
  while (days > 0)
    {
      ArmmsLeaveLot *lot = lot_at (book, 0);
      gint64 part = MIN (lot->left.millionths, days);

      lot->left.millionths -= part;
      days -= part;
      if (lot->left.millionths == 0)
        g_array_remove_index (book->lots, 0);
    }
}

static void
expire (ArmmsLeaveBook *book, ArmmsDate day)
{
  while (book->lots->len > 0 && last_day (lot_at (book, 0)->expires_on) < day.days)
    {
      gint64 days = lot_at (book, 0)->left.millionths;

      book->sums[ARMMS_LEAVE_EXPIRED].millionths += days;
      book->balance.millionths -= days;
      g_array_remove_index (book->lots, 0);
    }
}

static gboolean
apply (ArmmsLeaveBook *book, const ArmmsLeaveEntry *entry, GError **error)
{
  gint64 days = ABS (entry->days.millionths);

  expire (book, entry->on);
  if (!comes (entry) && days > book->balance.millionths)
    {
      char asked[ARMMS_MONEY_TEXT_SIZE], left[ARMMS_MONEY_TEXT_SIZE], on[ARMMS_DATE_TEXT_SIZE];

      armms_error_set (error, ARMMS_ERROR_CONFLICT, "leave.balance", "%s days are %s on %s, %s are left",
                       armms_multiplier_format ((ArmmsMultiplier) { days }, asked), kind_names[entry->kind], armms_date_format (entry->on, on),
                       armms_multiplier_format (book->balance, left));
      return FALSE;
    }
  book->sums[entry->kind].millionths += entry->days.millionths;
  book->balance.millionths += comes (entry) ? days : -days;
  if (comes (entry))
    add_lot (book, entry);
  else
    use (book, days);
  return TRUE;
}

gboolean
armms_leave_book_run (const ArmmsLeaveEntry *entries, gsize n, ArmmsDate on, ArmmsLeaveBook *ret_book, GError **error)
{
  g_auto(ArmmsLeaveBook) book = { .on = on, .lots = g_array_new (FALSE, FALSE, sizeof (ArmmsLeaveLot)) };
  ArmmsDate before = ARMMS_DATE_NONE;

  for (gsize i = 0; i < n; i++)
    {
      if (!check_entry (&entries[i], before, error))
        return FALSE;
      if (entries[i].on.days > on.days)
        break;
      if (!apply (&book, &entries[i], error))
        return FALSE;
      before = entries[i].on;
    }
  expire (&book, on);
  *ret_book = book;
  book.lots = NULL;
  return TRUE;
}

ArmmsLeaveDays
armms_leave_book_left_on (const ArmmsLeaveBook *book, ArmmsDate day)
{
  ArmmsLeaveDays left = book->balance;

  for (guint i = 0; i < book->lots->len; i++)
    if (last_day (lot_at (book, i)->expires_on) < day.days)
      left.millionths -= lot_at (book, i)->left.millionths;
  return left;
}

ArmmsLeaveDays
armms_leave_above_cap (ArmmsLeaveDays balance, ArmmsLeaveDays cap)
{
  return (ArmmsLeaveDays) { cap.millionths > 0 ? MAX (balance.millionths - cap.millionths, 0) : 0 };
}

void
armms_leave_book_trace (const ArmmsLeaveBook *book, ArmmsTrace *trace)
{
  armms_trace_init (trace, "leave.balance");
  armms_trace_date (trace, "on", book->on);
  for (guint kind = 0; kind < ARMMS_LEAVE_N_ENTRY_KINDS; kind++)
    armms_trace_multiplier (trace, kind_names[kind], book->sums[kind]);
  if (book->lots->len > 0 && !armms_date_is_none (lot_at (book, 0)->expires_on))
    {
      armms_trace_date (trace, "next_expires_on", lot_at (book, 0)->expires_on);
      armms_trace_multiplier (trace, "next_to_expire", lot_at (book, 0)->left);
    }
  armms_trace_days (trace, book->balance);
}

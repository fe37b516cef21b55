/* The book of one employee's leave of one type: what came, what went, what is left and until when.
 *
 * Law    none: the tenant's policy. granted + carried + adjusted - taken - expired - converted = balance, always.
 * Units  days in millionths.
 * Shape  entries in, book out. What expires first is used first; what is left after its last day expires by itself.
 */
#pragma once

#include "server/rules/leave/days.h"

G_BEGIN_DECLS

typedef enum {
  ARMMS_LEAVE_GRANTED,
  ARMMS_LEAVE_CARRIED,   /* over from the year before */
  ARMMS_LEAVE_ADJUSTED,  /* by hand: up or down */
  ARMMS_LEAVE_TAKEN,
  ARMMS_LEAVE_EXPIRED,   /* by hand, or above a cap: besides what expires by its date */
  ARMMS_LEAVE_CONVERTED, /* paid out */
  ARMMS_LEAVE_N_ENTRY_KINDS
} ArmmsLeaveEntryKind;

const char *armms_leave_entry_kind_name (ArmmsLeaveEntryKind kind); /* "granted", "carried", "adjusted", ... */
gboolean armms_leave_entry_kind_parse (const char *name, ArmmsLeaveEntryKind *ret_kind) G_GNUC_WARN_UNUSED_RESULT;

typedef struct {
  ArmmsLeaveEntryKind kind;
  ArmmsDate on;
  ArmmsLeaveDays days;     /* above zero; ADJUSTED: not zero */
  ArmmsDate expires_on;    /* of what comes: its last day; NONE: never */
} ArmmsLeaveEntry;

/* What is left of one entry that came. */
typedef struct {
  ArmmsDate since, expires_on;
  ArmmsLeaveDays left;
} ArmmsLeaveLot;

typedef struct {
  ArmmsDate on;                                       /* end of that day */
  ArmmsLeaveDays sums[ARMMS_LEAVE_N_ENTRY_KINDS];     /* of each kind; EXPIRED with what went by its date */
  ArmmsLeaveDays balance;
  GArray *lots;                                       /* owned; of ArmmsLeaveLot with days left, first to expire first */
} ArmmsLeaveBook;

void armms_leave_book_clear (ArmmsLeaveBook *book);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ArmmsLeaveBook, armms_leave_book_clear)

/**
 * armms_leave_book_run:
 * @entries: in the order of their days; those after @on are not read. Of one day, what comes stands before what goes
 * @on: the day at whose end the book is read
 *
 * Returns: %FALSE with INVALID_INPUT "leave.entry" for days of the wrong sign or beyond ARMMS_LEAVE_DAYS_MAX, a day that is missing or
 *   out of order; CONFLICT "leave.balance" when more goes than is there on that day
 */
gboolean armms_leave_book_run (const ArmmsLeaveEntry *entries, gsize n, ArmmsDate on, ArmmsLeaveBook *ret_book, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What of the balance may still be taken on @day, not before the book's own: without what has expired by then. */
ArmmsLeaveDays armms_leave_book_left_on (const ArmmsLeaveBook *book, ArmmsDate day);

/* What stands above the cap of the type and must expire; @cap 0: there is none. */
ArmmsLeaveDays armms_leave_above_cap (ArmmsLeaveDays balance, ArmmsLeaveDays cap);

void armms_leave_book_trace (const ArmmsLeaveBook *book, ArmmsTrace *trace);

G_END_DECLS

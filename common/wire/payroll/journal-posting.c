#include "common/wire/payroll/journal-posting.h"

#define F(member, Kind, ...) ARMMS_FIELD (ArmmsJournalPosting, member, Kind, __VA_ARGS__)
#define MADE ARMMS_FIELD_READ_ONLY
#define HIDDEN ARMMS_FIELD_HIDDEN

static const ArmmsField fields[] = {
  F (posting_id, ID, .flags = MADE | HIDDEN, .about = "The key"),
  F (entry_id, ID, .flags = MADE | HIDDEN, .about = "The entry: its debits equal its credits"),
  F (posting_no, INTEGER, .flags = MADE | HIDDEN, .about = "Its place in the entry", .title = "No."),
  F (entry_kind, TEXT, .flags = MADE, .format = "pay|waiver", .about = "What was written down", .title = "Kind"),
  F (posted_on, DATE, .flags = MADE, .about = "The day that it counts for", .title = "Date"),
  F (payrun_id, ID, .flags = MADE | HIDDEN, .about = "The payrun"),
  F (paysheet_id, ID, .flags = MADE | HIDDEN, .about = "The paysheet"),
  F (employee_no, TEXT, .flags = MADE | ARMMS_FIELD_SORT, .about = "Whose", .title = "Employee no."),
  F (employee_id, ID, .flags = MADE | ARMMS_FIELD_FILTER | HIDDEN, .about = "Whose"),
  F (account, TEXT, .flags = MADE | ARMMS_FIELD_FILTER, .about = "The account"),
  F (debit, MONEY, .flags = MADE, .about = "Debit"),
  F (credit, MONEY, .flags = MADE, .about = "Credit"),
  F (memo, TEXT, .flags = MADE, .about = "What it is about"),
  { 0 }
};

const ArmmsRecordType armms_journal_posting_type = { "journal-posting", sizeof (ArmmsJournalPosting), fields };

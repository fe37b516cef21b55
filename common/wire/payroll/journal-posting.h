/* One posting of the pay journal: append-only, balanced per entry. */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

typedef struct {
  ArmmsId posting_id;
  ArmmsId entry_id;
  gint64 posting_no;
  char *entry_kind;        /* pay | waiver */
  ArmmsDate posted_on;
  ArmmsId payrun_id;
  ArmmsId paysheet_id;
  ArmmsId employee_id;
  char *employee_no;
  char *account;           /* "expense.basic", "payable.net_pay", "receivable.statutory", ... */
  ArmmsMoney debit;
  ArmmsMoney credit;
  char *memo;
} ArmmsJournalPosting;

extern const ArmmsRecordType armms_journal_posting_type;

G_END_DECLS

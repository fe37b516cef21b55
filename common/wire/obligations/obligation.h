/* An obligation: anything that is taken from pay on a schedule, and its instalments: one per pay period. */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

#define ARMMS_OBLIGATION_KINDS "company_loan|sss_loan|hdmf_loan|cash_advance|uniform|damage|other"
#define ARMMS_OBLIGATION_STATES "PENDING|ACTIVE|SETTLED|CANCELLED|REJECTED"
#define ARMMS_INSTALMENT_STATUSES "PLANNED|APPLIED|PARTIAL|WAIVED|DEFERRED|CANCELLED"
#define ARMMS_INSTALMENT_FREQUENCIES "every_period|first_cut_off|second_cut_off"

typedef struct {
  ArmmsId obligation_id;
  ArmmsId employee_id;
  char *employee_no;
  char *employee_name;
  char *kind;
  char *title;
  char *reference_no;       /* the lender's, the incident's */
  ArmmsMoney principal;     /* all that is to be taken */
  ArmmsMoney instalment;    /* per pay period; the last one takes the rest */
  gint64 periods;           /* or so many equal instalments */
  ArmmsDate starts_on;      /* in its first pay period */
  char *frequency;
  gint64 priority;          /* low numbers are taken first and deferred last */
  gboolean whole_only;      /* an instalment is taken whole or not at all */
  char *deferral_follow_up; /* what follows when the floor puts an instalment off */
  char *state;
  ArmmsMoney taken;
  ArmmsMoney open;
  ArmmsMoney forgiven;
  ArmmsDate next_period;
  ArmmsId change_id;
  gint64 version;
  char *reason;
} ArmmsObligation;

typedef struct {
  ArmmsId instalment_id;
  ArmmsId obligation_id;
  gint64 seq_no;
  ArmmsDate period_from;
  ArmmsDate period_to;
  ArmmsMoney due;
  ArmmsMoney waived;
  ArmmsMoney taken;
  char *status;
  char *origin;             /* schedule | carry_forward | respread | append | manual | deferral */
  ArmmsId payrun_id;        /* that took it */
} ArmmsObligationInstalment;

/* POST /v1/obligations/{obligation}/waive */
typedef struct {
  ArmmsId instalment_id;
  ArmmsMoney amount;        /* 0: all of it */
  char *reason_code;
  char *reason;
  char *follow_up;
  gint64 periods;
  GPtrArray *instalments;   /* manual; of ArmmsWaiverInstalment */
  gboolean preview;
} ArmmsObligationWaiver;

/* POST /v1/obligations/{obligation}/reschedule: everything that is still open, planned anew. */
typedef struct {
  ArmmsDate starts_on;
  ArmmsMoney instalment;    /* per period, */
  gint64 periods;           /* or so many, */
  GPtrArray *instalments;   /* or dates and amounts; of ArmmsWaiverInstalment */
  char *reason;
  gboolean preview;
} ArmmsObligationReschedule;

/* What a waiver or a reschedule comes to. */
typedef struct {
  ArmmsId change_id;        /* absent in a preview */
  ArmmsId obligation_id;
  ArmmsMoney open;
  GPtrArray *instalments;   /* of ArmmsObligationInstalment: open ones, as they would stand */
} ArmmsObligationPlan;

extern const ArmmsRecordType armms_obligation_type;
extern const ArmmsRecordType armms_obligation_instalment_type;
extern const ArmmsRecordType armms_obligation_waiver_type;
extern const ArmmsRecordType armms_obligation_reschedule_type;
extern const ArmmsRecordType armms_obligation_plan_type;

G_END_DECLS

/* Calculating a payrun: everything that is needed is read in sets, sheets are computed, rows are written in sets.
 *
 * Shape  what all employees share is read once; then spans of about a thousand employees (chunks), each in a unit of its own:
 *        read, compute, write, commit. A chunk is done once per (payrun, chunk, hash of its inputs): a calculation that was
 *        interrupted goes on where it was, and one with the same inputs writes nothing.
 */
#pragma once

#include "common/wire/payroll/payrun.h"
#include "server/payroll/compute/digest.h"

G_BEGIN_DECLS

#define ARMMS_CHUNK_EMPLOYEES 1000

/* What all employees of one payrun share. Read by many threads at once. */
typedef struct {
  ArmmsPayrun *payrun;            /* owned */
  ArmmsPayrunFacts facts;         /* borrows from what follows */
  ArmmsRateCardSet *cards;        /* owned */
  ArmmsPremiumTable *premiums;    /* owned */
  ArmmsStatutoryTables *tables;   /* owned */
  GPtrArray *detachments, *positions, *shifts; /* owned */
  guint8 hash[ARMMS_DIGEST_SIZE];
} ArmmsCalculation;

ArmmsCalculation *armms_calculation_new (ArmmsWork *work, const ArmmsId *payrun_id, GError **error);
void armms_calculation_free (ArmmsCalculation *calculation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ArmmsCalculation, armms_calculation_free)

/* Who is in the payrun, by id: who has timesheets to be paid, who has benefits, and who was paid earlier in the month and was not asked
 * yet for contributions that are due now. Not each of the last has a paysheet in the end. (element-type ArmmsId) (transfer full) */
GArray *armms_calculation_load_employees (ArmmsWork *work, const ArmmsCalculation *calculation, GError **error);

/* The facts of a span of employees. */
typedef struct {
  GArray *facts;             /* owned; of ArmmsPayFacts, by employee */
  GPtrArray *employees;      /* owned, and what follows: what facts borrow from */
  GPtrArray *employments, *employments_by_employee;
  GArray *benefits, *instalments, *schedules;
} ArmmsFactSet;

ArmmsFactSet *armms_fact_set_load (ArmmsWork *work, const ArmmsCalculation *calculation, const ArmmsId *employees, gsize n, GError **error);
void armms_fact_set_free (ArmmsFactSet *set);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ArmmsFactSet, armms_fact_set_free)
void armms_fact_set_digest (const ArmmsFactSet *set, const ArmmsCalculation *calculation, guint8 *ret_hash);
gboolean armms_fact_set_compute (const ArmmsFactSet *set, const ArmmsCalculation *calculation, ArmmsSheetSet *sheets, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Writes what differs from what stands; sheets of employees within the span of @facts who have none in @sheets go. */
gboolean armms_sheets_store (ArmmsWork *work, const ArmmsCalculation *calculation, const ArmmsFactSet *facts, const ArmmsSheetSet *sheets,
                             gint64 *ret_written, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Takes paysheets and all that is theirs away. */
gboolean armms_sheets_drop (ArmmsWork *work, const ArmmsId *paysheets, gsize n, ArmmsDate period_to, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

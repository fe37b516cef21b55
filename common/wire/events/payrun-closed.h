/* armms.payroll.PayrunClosed.v1: a payrun is closed, and this is what it took from pay.
 *
 * Shape  a large payrun is told in parts of at most 500 paysheets, each an event of its own with the payrun's id as
 *        aggregate and partition key, so that no payload grows with the agency; "part" counts from 1 to "parts".
 *        Columns side by side, one place per taking, ready for unnest():
 *
 * {"payrun_id": uuid, "period_from": date, "period_to": date, "paid_on": date, "part": 1, "parts": 3, "paysheets": 500,
 *  "statutory": {"employee_id": [uuid...], "scheme": ["sss" | "philhealth" | "hdmf" ...], "month": [first day...],
 *                "base": [centavos...],
 *                "employee_due": [...], "employee_taken": [...],      what this run asked for, and took from pay
 *                "employer_due": [...],                               the agency's own share of this run
 *                "employee_mpf": [...], "employer_mpf": [...], "employer_ec": [...],    parts of the dues
 *                "recovered": [...]},      employee share of earlier months taken in this run, beside employee_taken
 *  "tax": {"employee_id": [...], "taxable": [...], "due": [...], "taken": [...]},
 *  "obligations": {"instalment_id": [...], "due": [...], "taken": [...], "waived": [...]},
 *  "benefits": {"instalment_id": [...], "paid": [...]}}
 *
 * Money is in integer centavos here: the columns are for programs. All amounts are of this run alone; a run that
 * corrects a closed month carries differences, which may be negative.
 * Of statutory, base, the parts and recovered may be left out: then they are 0.
 * Who hears: statutory (schedules and ledger), obligations and benefits (instalments).
 */
#pragma once

#define ARMMS_EVENT_PAYRUN_CLOSED "armms.payroll.PayrunClosed.v1"
#define ARMMS_PAYRUN_CLOSED_PART_PAYSHEETS 500

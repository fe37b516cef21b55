/* POST /v1/payruns/{payrun}/simulate: what a calculation would give, without storing anything. */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

typedef struct {
  GArray *employee_ids;         /* owned, of ArmmsId; NULL: all, then only the totals are told */
  GArray *waive_instalment_ids; /* owned, of ArmmsId: as if these were waived */
  GStrv waive_schemes;          /* as if these employee shares were waived: "sss", "philhealth", "hdmf" */
} ArmmsSimulationRequest;

typedef struct {
  ArmmsId employee_id;
  char *employee_no;
  char *employee_name;
  ArmmsMoney gross;
  ArmmsMoney deductions;
  ArmmsMoney deferred;
  ArmmsMoney waived;
  ArmmsMoney net;
  ArmmsMoney net_before;        /* as it stands now; 0: not calculated yet */
  ArmmsMoney net_floor;
  GStrv problems;
  GPtrArray *lines;             /* of ArmmsPaysheetLine; at most 50 employees have them */
} ArmmsSimulatedPaysheet;

typedef struct {
  ArmmsId payrun_id;
  gint64 paysheets;
  gint64 errors;
  ArmmsMoney gross;
  ArmmsMoney statutory;
  ArmmsMoney tax;
  ArmmsMoney obligations;
  ArmmsMoney deferred;
  ArmmsMoney waived;
  ArmmsMoney employer;
  ArmmsMoney net;
  ArmmsMoney net_before;
  GPtrArray *items;             /* of ArmmsSimulatedPaysheet; at most 500 */
} ArmmsSimulation;

extern const ArmmsRecordType armms_simulation_request_type;
extern const ArmmsRecordType armms_simulated_paysheet_type;
extern const ArmmsRecordType armms_simulation_type;

G_END_DECLS

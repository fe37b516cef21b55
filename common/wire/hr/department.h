/* A department: how the organisation sorts its people; reports count by it, pay does not depend on it. */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

typedef struct {
  ArmmsId department_id;
  char *code;
  char *name;
  char *status;  /* ACTIVE, INACTIVE */
  gint64 version;
} ArmmsDepartment;

extern const ArmmsRecordType armms_department_type;

G_END_DECLS

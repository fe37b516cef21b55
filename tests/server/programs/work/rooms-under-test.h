/* Two rooms made for the tests: "filings" tells, "reporting" listens, reads a stream and has jobs. Their tables are made by
 * armms_rooms_under_test_migrate() in a database that has been migrated. */
#pragma once

#include "server/room.h"

extern const ArmmsRoom armms_rooms_under_test[];

/* As the owner. */
extern const char armms_rooms_under_test_sql[];

void armms_rooms_under_test_register (ArmmsDb *db);

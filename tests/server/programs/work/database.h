/* A fresh, migrated database on the thrown-away cluster of tests/run.sh, for the tests of this folder. */
#pragma once

#include <glib.h>
#include <libpq-fe.h>

typedef struct _ArmmsTestDatabase ArmmsTestDatabase;

ArmmsTestDatabase *armms_test_database_new (void);
void armms_test_database_free (ArmmsTestDatabase *self);
PGconn *armms_test_database_connect (ArmmsTestDatabase *self); /* as the superuser, for looking; PQfinish() it */
const char *armms_test_database_get_config_path (ArmmsTestDatabase *self, const char *role);

/* A resource with a field of every kind, for the tests of the mechanism. */
#pragma once

#include "common/wire/record.h"

typedef struct {
  char *label;
  ArmmsMoney amount;
} Part;

typedef struct {
  ArmmsId sample_id;
  char *code;
  char *name;
  char *state;
  gint64 count;
  gint64 rank;
  gboolean active;
  ArmmsMoney amount;
  ArmmsMultiplier factor;
  ArmmsMinutes grace_minutes;
  ArmmsDate due_on;
  ArmmsInstant seen_at;
  char *extra;
  GStrv tags;
  GArray *members;
  Part *main_part;
  GPtrArray *parts;
  char *secret;
  char *password;
  char *starts;
  char *contact;
} Sample;

static const ArmmsRecordType part_type = {
  "sample-part", sizeof (Part), (const ArmmsField[]) {
    ARMMS_FIELD (Part, label, TEXT, .flags = ARMMS_FIELD_REQUIRED),
    ARMMS_FIELD (Part, amount, MONEY, .min = 0, .max = 100000),
    { NULL } }
};

static const ArmmsRecordType sample_type = {
  "sample", sizeof (Sample), (const ArmmsField[]) {
    ARMMS_FIELD (Sample, sample_id, ID, .flags = ARMMS_FIELD_READ_ONLY | ARMMS_FIELD_HIDDEN),
    ARMMS_FIELD (Sample, code, TEXT, .flags = ARMMS_FIELD_REQUIRED, .max = 8, .format = "code", .about = "What people call it."),
    ARMMS_FIELD (Sample, name, TEXT, .min = 2, .max = 5),
    ARMMS_FIELD (Sample, state, TEXT, .format = "OPEN|CLOSED"),
    ARMMS_FIELD (Sample, count, INTEGER, .min = -5, .max = 5),
    ARMMS_FIELD (Sample, rank, INTEGER, .min = 1, .flags = ARMMS_FIELD_OPTIONAL_ZERO),
    ARMMS_FIELD (Sample, active, BOOLEAN),
    ARMMS_FIELD (Sample, amount, MONEY, .min = 0, .max = 1000000, .scope = "pay:read"),
    ARMMS_FIELD (Sample, factor, MULTIPLIER, .max = 5000000),
    ARMMS_FIELD (Sample, grace_minutes, MINUTES, .max = 60),
    ARMMS_FIELD (Sample, due_on, DATE),
    ARMMS_FIELD (Sample, seen_at, INSTANT),
    ARMMS_FIELD (Sample, extra, JSON, .max = 40),
    ARMMS_FIELD (Sample, tags, TEXTS, .max = 3),
    ARMMS_FIELD (Sample, members, IDS),
    ARMMS_FIELD (Sample, main_part, RECORD, .record = &part_type),
    ARMMS_FIELD (Sample, parts, RECORDS, .record = &part_type, .max = 2),
    ARMMS_FIELD (Sample, secret, TEXT, .scope = "secret:read"),
    ARMMS_FIELD (Sample, password, TEXT, .flags = ARMMS_FIELD_WRITE_ONLY),
    ARMMS_FIELD (Sample, starts, TEXT, .format = "time-of-day"),
    ARMMS_FIELD (Sample, contact, TEXT, .format = "email"),
    { NULL } }
};

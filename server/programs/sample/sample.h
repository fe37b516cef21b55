/* The sample agency: an agency that does not exist, with a month that could have been.
 *
 * Law    the same seed and number of guards give the same agency, the same ids and the same clock events, whatever the date
 *        of today. Its month is May 2026: Labor Day on the 1st, Eid'l Adha on the 27th, and a special day of Region VII.
 * Shape  armms_sample_new() makes everything in memory; armms_sample_load() puts it through the rooms' doors in sets;
 *        armms_sample_write_events() writes what the devices will send; armms_sample_play() sends it.
 */
#pragma once

#include "server/room.h"

G_BEGIN_DECLS

#define ARMMS_SAMPLE_GUARDS 1200
#define ARMMS_SAMPLE_SEED 2026
#define ARMMS_SAMPLE_TENANT_CODE "bantay"
#define ARMMS_SAMPLE_PASSWORD "Bantay-Sample-2026" /* of every user: the agency does not exist, its server listens on loopback */

/* One duty as it was, not as the books have it. Indexes into the sample's arrays. */
typedef struct {
  guint employee;
  guint detachment, shift;
  ArmmsDate date;
  gboolean relief;
} ArmmsSampleDuty;

typedef struct {
  guint64 seed;
  guint n_guards, n_staff;
  ArmmsDate first, last;        /* the month */
  ArmmsId tenant_id;
  ArmmsZone *zone;

  GPtrArray *clients;           /* of ArmmsClientCompany */
  GPtrArray *departments;
  GPtrArray *detachments;       /* the offices last */
  guint n_sites;
  GPtrArray *positions, *shifts;
  GPtrArray *employees;         /* guards first, then the office staff */
  GPtrArray *assignments;
  GPtrArray *holidays, *policies;
  GPtrArray *relievers;
  GPtrArray *cards;             /* of ArmmsRateCard */
  GPtrArray *obligations, *benefits;
  GPtrArray *devices;           /* by detachment; of ArmmsDevice */
  GPtrArray *users;             /* of ArmmsUser */
  GArray *duties;               /* of ArmmsSampleDuty, by employee and date: those that were done */
} ArmmsSample;

/* @data: the folder data/sample. (transfer full) (nullable) */
ArmmsSample *armms_sample_new (guint64 seed, guint n_guards, const char *data, GError **error);
void armms_sample_free (ArmmsSample *sample);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ArmmsSample, armms_sample_free)

/* Ids by name: the same in every run. */
ArmmsId armms_sample_id (guint64 seed, const char *kind, const char *name);

/* Puts the agency into the databases of @db, in a few units. @keys_path: where the devices' keys are written, readable by
 * the owner only. CONFLICT "sample.exists" when the tenant is there already. */
gboolean armms_sample_load (ArmmsSample *sample, ArmmsDb *db, const char *statutory_folder, const char *keys_path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef struct {
  guint64 events;               /* distinct */
  guint64 resent;               /* the same event once more */
  guint64 batches;
  guint64 double_punches, missing, out_of_order, wrong_site, unassigned, unknown, clock_jumps, late_batches;
} ArmmsSampleEventFigures;

/* Writes DIR/<device>.jsonl, a JSON array (the body of one request) a line, and DIR/manifest.json. @from..@to: duty dates. */
gboolean armms_sample_write_events (ArmmsSample *sample, const char *folder, ArmmsDate from, ArmmsDate to,
                                    ArmmsSampleEventFigures *ret_figures, GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef struct {
  const char *url;              /* https://127.0.0.1:8443 */
  const char *ca_path;          /* (nullable) */
  const char *keys_path;
  const char *folder;
  guint concurrency;            /* devices at once; 0: 8 */
  guint give_up_seconds;        /* a batch that nobody takes; 0: 60 */
  gboolean quiet;
} ArmmsSamplePlay;

typedef struct {
  guint64 sent, accepted, duplicate, rejected, requests, retries;
  double seconds;
} ArmmsSamplePlayFigures;

/* Sends every batch of @folder, in order for each device. A batch that could not be answered is sent again: events count once. */
gboolean armms_sample_play (const ArmmsSamplePlay *play, ArmmsSamplePlayFigures *ret_figures, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* armmsctl sample load | events | play */
int armms_sample_run_subcommand (int argc, char **argv);

G_END_DECLS

/* What a pass found against what stands: rows that differ, and the statements that write them.
 *
 * Shape  store.c compares and writes in order; logs.c, lines.c, anomalies.c and sheets.c know one table each; keys.c gives keys and
 *        marks; strays.c is for events of nobody.
 * Locks  whoever writes here holds the slots of the employees (armms_derive_lock()) since before he read what stands.
 */
#pragma once

#include "server/timekeeping/derive/derive-private.h"

G_BEGIN_DECLS

/* Rows as they shall stand. Texts are interned or owned by the store's chunk. */
typedef struct {
  ArmmsId id;
  const ArmmsPunchOrigin *origin;
  ArmmsId employee_id, duty_detachment_id, shift_id, position_id, assignment_id, relief_id;
  ArmmsDate duty_date;
  ArmmsInstant adjusted_ts;
  const char *adjusted_type;
  const char *status;
  const char *codes;
  const char *employee_ref;
  gint64 hash;
  gboolean fresh; /* none stands: it is inserted without another look */
} ArmmsLogRow;

typedef struct {
  ArmmsId id, employee_id;
  const ArmmsDuty *duty;
  const ArmmsDayLine *line;
  const char *cells;
  const char *codes;
  gint64 hash;
  gboolean fresh; /* none stands */
} ArmmsLineRow;

typedef struct {
  ArmmsId id, employee_id, time_log_id, detachment_id, shift_id, position_id;
  ArmmsDate duty_date;
  gint32 minutes;
  ArmmsAnomalyCode code;
  const char *employee_ref;
} ArmmsAnomalyRow;

typedef struct {
  ArmmsId id, employee_id, detachment_id, shift_id, position_id;
  ArmmsPeriod period;
} ArmmsSheetRow;

/* What stands. */
typedef struct {
  ArmmsId id, employee_id, detachment_id, shift_id, position_id;
  ArmmsDate duty_date;
  gint64 hash;
  gboolean seen;
} ArmmsKnownRow;

typedef struct {
  ArmmsPass *pass;                           /* borrowed */
  GStringChunk *texts;
  GArray *logs, *lines, *anomalies, *sheets; /* that differ */
  GArray *gone_lines;                        /* of ArmmsKnownRow */
  GArray *gone_anomalies;                    /* of ArmmsId */
  GHashTable *known_logs, *known_lines, *known_anomalies; /* id -> ArmmsKnownRow */
  GHashTable *sheet_ids;
} ArmmsStore;

/* store.c */
void armms_store_init (ArmmsStore *store, ArmmsPass *pass);
void armms_store_clear (ArmmsStore *store);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ArmmsStore, armms_store_clear)
const char *armms_store_codes_text (ArmmsStore *store, guint32 codes); /* names, comma between */
/* @with_keys: whose, of which day and post, beside what it holds. */
GHashTable *armms_store_read_known (ArmmsRows *rows, const char *id_column, gboolean with_keys);
void armms_store_count (const ArmmsStore *store);
gboolean armms_store_tell (ArmmsStore *store, GError **error);

/* keys.c: not against malice, only to see whether a row differs. */
guint64 armms_derive_mix (guint64 hash, guint64 value);
guint64 armms_derive_mix_id (guint64 hash, const ArmmsId *id);
guint64 armms_derive_mix_text (guint64 hash, const char *text);
ArmmsId armms_line_id (const ArmmsId *employee_id, ArmmsDate duty_date, const ArmmsDuty *duty, const ArmmsId *relief_id);
ArmmsId armms_anomaly_id (const ArmmsId *subject, ArmmsAnomalyCode code);

/* logs.c */
GHashTable *armms_store_load_logs (ArmmsPass *pass, GError **error);
void armms_store_add_log (ArmmsStore *store, const ArmmsUnit *unit, const ArmmsPunch *punch, const ArmmsPunchOrigin *origin,
                          const ArmmsDuty *duty);
void armms_store_keep_log (ArmmsStore *store, ArmmsLogRow *log); /* hashed here; kept when it differs from what stands */
gboolean armms_store_write_logs (ArmmsWork *work, const GArray *logs, GError **error);

/* lines.c */
void armms_store_add_line (ArmmsStore *store, const ArmmsUnit *unit, const ArmmsDayLine *day);
gboolean armms_store_write_lines (ArmmsWork *work, const GArray *lines, GError **error);
gboolean armms_store_remove_lines (ArmmsWork *work, const GArray *lines, GError **error);

/* anomalies.c */
void armms_store_add_anomaly (ArmmsStore *store, const ArmmsAnomalyRow *anomaly);
void armms_store_add_punch_anomalies (ArmmsStore *store, const ArmmsUnit *unit, const ArmmsPunch *punch, const ArmmsPunchOrigin *origin,
                                      const ArmmsDuty *duty, ArmmsDate home);
void armms_store_add_line_anomalies (ArmmsStore *store, const ArmmsLineRow *line, guint32 told);
gboolean armms_store_write_anomalies (ArmmsWork *work, GArray *anomalies, GError **error);
gboolean armms_store_remove_anomalies (ArmmsWork *work, const GArray *ids, GError **error);

/* sheets.c */
void armms_store_touch_sheet (ArmmsStore *store, const ArmmsId *employee_id, ArmmsDate duty_date, const ArmmsId *detachment_id,
                              const ArmmsId *shift_id, const ArmmsId *position_id);
gboolean armms_store_write_sheets (ArmmsWork *work, GArray *sheets, guint64 *ret_count, GError **error);
gboolean armms_store_empty_sheets (ArmmsStore *store, GError **error);

G_END_DECLS

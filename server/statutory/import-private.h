/* Between the files of the loader: each compares one kind of law with what stands, refuses a changed past, and writes the rest.
 * Each adds to *tables how much was written. */
#pragma once

#include "server/statutory/law/law-files.h"

G_BEGIN_DECLS

ArmmsDate armms_import_today (ArmmsWork *work);
gboolean armms_import_is_past (ArmmsDate from, ArmmsDate today); /* in force already, or since ever */
/* Always FALSE, with CONFLICT "statutory.changed_past". */
gboolean armms_import_refuse_past (GError **error, const char *what, const char *subject, ArmmsDate from, const char *why);

gboolean armms_import_wages (ArmmsWork *work, const GArray *wages, gint64 *tables, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean armms_import_de_minimis (ArmmsWork *work, const GArray *files, gint64 *tables, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean armms_import_limits (ArmmsWork *work, const GArray *files, gint64 *tables, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* Figures of one process, as Prometheus text.
 *
 * Shape  a metric is looked up once by name and labels and kept; changing it is one atomic step, from any thread.
 * Units  durations in seconds, sizes in bytes; a counter's name ends in _total, a histogram's in _seconds.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _ArmmsMetric ArmmsMetric;

/* @labels: "route=\"/v1/me\",method=\"GET\"", or NULL. @help: kept by pointer, a literal. Metrics live as long as the process. */
ArmmsMetric *armms_metrics_counter (const char *name, const char *labels, const char *help);
ArmmsMetric *armms_metrics_gauge (const char *name, const char *labels, const char *help);
ArmmsMetric *armms_metrics_histogram (const char *name, const char *labels, const char *help);

void armms_metric_add (ArmmsMetric *metric, gint64 amount);       /* counters, gauges */
void armms_metric_set (ArmmsMetric *metric, gint64 value);        /* gauges */
void armms_metric_observe (ArmmsMetric *metric, gint64 duration_us);
gint64 armms_metric_get (const ArmmsMetric *metric);

/* Called before each text, to set gauges that are only worth asking for then. */
typedef void (*ArmmsMetricsCollector) (gpointer data);
void armms_metrics_add_collector (ArmmsMetricsCollector collector, gpointer data);
void armms_metrics_remove_collector (gpointer data);

char *armms_metrics_to_text (void); /* (transfer full) */

G_END_DECLS

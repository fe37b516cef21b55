#include "server/platform/metrics/metrics.h"

#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

typedef enum { KIND_COUNTER, KIND_GAUGE, KIND_HISTOGRAM } Kind;

static const gint64 bounds_us[] = { 500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 500000, 1000000, 2500000, 5000000, 10000000 };

struct _ArmmsMetric {
  Kind kind;
  char *labels;                 /* owned, "" when none */
  _Atomic gint64 value;         /* histogram: the sum in microseconds */
  _Atomic gint64 count;
  _Atomic gint64 buckets[G_N_ELEMENTS (bounds_us)];
};

typedef struct {
  Kind kind;
  char *name;                   /* owned */
  const char *help;
  GPtrArray *metrics;           /* ArmmsMetric, in order of birth */
} Family;

typedef struct {
  ArmmsMetricsCollector collector;
  gpointer data;
} Collector;

static GMutex lock;
static GPtrArray *families;     /* Family */
static GArray *collectors;

static Family *
find_family (const char *name, Kind kind, const char *help)
{
  Family *family;

  if (families == NULL)
    families = g_ptr_array_new ();
  for (guint i = 0; i < families->len; i++)
    {
      family = families->pdata[i];
      if (strcmp (family->name, name) == 0)
        return family;
    }
  family = g_new0 (Family, 1);
  family->kind = kind;
  family->name = g_strdup (name);
  family->help = help;
  family->metrics = g_ptr_array_new ();
  g_ptr_array_add (families, family);
  return family;
}

static ArmmsMetric *
find_metric (const char *name, const char *labels, const char *help, Kind kind)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&lock);
  Family *family = find_family (name, kind, help);
  ArmmsMetric *metric;

  g_return_val_if_fail (family->kind == kind, NULL);
  for (guint i = 0; i < family->metrics->len; i++)
    {
      metric = family->metrics->pdata[i];
      if (strcmp (metric->labels, labels != NULL ? labels : "") == 0)
        return metric;
    }
  metric = g_new0 (ArmmsMetric, 1);
  metric->kind = kind;
  metric->labels = g_strdup (labels != NULL ? labels : "");
  g_ptr_array_add (family->metrics, metric);
  return metric;
}

ArmmsMetric *
armms_metrics_counter (const char *name, const char *labels, const char *help)
{
  return find_metric (name, labels, help, KIND_COUNTER);
}

ArmmsMetric *
armms_metrics_gauge (const char *name, const char *labels, const char *help)
{
  return find_metric (name, labels, help, KIND_GAUGE);
}

ArmmsMetric *
armms_metrics_histogram (const char *name, const char *labels, const char *help)
{
  return find_metric (name, labels, help, KIND_HISTOGRAM);
}

void
armms_metric_add (ArmmsMetric *metric, gint64 amount)
{
  atomic_fetch_add_explicit (&metric->value, amount, memory_order_relaxed);
}

void
armms_metric_set (ArmmsMetric *metric, gint64 value)
{
  atomic_store_explicit (&metric->value, value, memory_order_relaxed);
}

void
armms_metric_observe (ArmmsMetric *metric, gint64 duration_us)
{
  atomic_fetch_add_explicit (&metric->value, duration_us, memory_order_relaxed);
  atomic_fetch_add_explicit (&metric->count, 1, memory_order_relaxed);
  for (gsize i = 0; i < G_N_ELEMENTS (bounds_us); i++)
    if (duration_us <= bounds_us[i])
      {
        atomic_fetch_add_explicit (&metric->buckets[i], 1, memory_order_relaxed);
        break;
      }
}

gint64
armms_metric_get (const ArmmsMetric *metric)
{
  return metric->kind == KIND_HISTOGRAM ? atomic_load (&((ArmmsMetric *) metric)->count) : atomic_load (&((ArmmsMetric *) metric)->value);
}

void
armms_metrics_add_collector (ArmmsMetricsCollector collector, gpointer data)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&lock);
  Collector row = { collector, data };

  if (collectors == NULL)
    collectors = g_array_new (FALSE, FALSE, sizeof (Collector));
  g_array_append_val (collectors, row);
}

void
armms_metrics_remove_collector (gpointer data)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&lock);

  for (guint i = 0; collectors != NULL && i < collectors->len;)
    if (g_array_index (collectors, Collector, i).data == data)
      g_array_remove_index (collectors, i);
    else
      i++;
}

static void
append_histogram (GString *out, const char *name, ArmmsMetric *metric)
{
  const char *comma = *metric->labels != '\0' ? "," : "";
  gint64 seen = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (bounds_us); i++)
    {
      seen += atomic_load (&metric->buckets[i]);
      g_string_append_printf (out, "%s_bucket{%s%sle=\"%" G_GINT64_FORMAT ".%06" G_GINT64_FORMAT "\"} %" G_GINT64_FORMAT "\n", name,
                              metric->labels, comma, bounds_us[i] / G_USEC_PER_SEC, bounds_us[i] % G_USEC_PER_SEC, seen);
    }
  g_string_append_printf (out, "%s_bucket{%s%sle=\"+Inf\"} %" G_GINT64_FORMAT "\n", name, metric->labels, comma, atomic_load (&metric->count));
  g_string_append_printf (out, "%s_sum%s%s%s %" G_GINT64_FORMAT ".%06" G_GINT64_FORMAT "\n", name, *comma ? "{" : "", metric->labels,
                          *comma ? "}" : "", atomic_load (&metric->value) / G_USEC_PER_SEC, atomic_load (&metric->value) % G_USEC_PER_SEC);
  g_string_append_printf (out, "%s_count%s%s%s %" G_GINT64_FORMAT "\n", name, *comma ? "{" : "", metric->labels, *comma ? "}" : "",
                          atomic_load (&metric->count));
}

static void
append_process (GString *out)
{
  g_autofree char *statm = NULL;
  gulong pages = 0, resident = 0;

  if (g_file_get_contents ("/proc/self/statm", &statm, NULL, NULL))
    {
      char *end = NULL;

      pages = strtoul (statm, &end, 10);
      resident = end != NULL ? strtoul (end, NULL, 10) : 0;
    }
  g_string_append_printf (out, "# HELP process_resident_memory_bytes Resident memory.\n# TYPE process_resident_memory_bytes gauge\n"
                          "process_resident_memory_bytes %lu\n# HELP process_virtual_memory_bytes Virtual memory.\n"
                          "# TYPE process_virtual_memory_bytes gauge\nprocess_virtual_memory_bytes %lu\n",
                          resident * (gulong) sysconf (_SC_PAGESIZE), pages * (gulong) sysconf (_SC_PAGESIZE));
}

char *
armms_metrics_to_text (void)
{
  static const char *const kinds[] = { "counter", "gauge", "histogram" };
  GString *out = g_string_new (NULL);
  g_autoptr(GArray) asked = NULL;

  g_mutex_lock (&lock);
  if (collectors != NULL)
    asked = g_array_copy (collectors);
  g_mutex_unlock (&lock);
  for (guint i = 0; asked != NULL && i < asked->len; i++)
    g_array_index (asked, Collector, i).collector (g_array_index (asked, Collector, i).data);

  append_process (out);
  g_mutex_lock (&lock);
  for (guint f = 0; families != NULL && f < families->len; f++)
    {
      Family *family = families->pdata[f];

      g_string_append_printf (out, "# HELP %s %s\n# TYPE %s %s\n", family->name, family->help, family->name, kinds[family->kind]);
      for (guint i = 0; i < family->metrics->len; i++)
        {
          ArmmsMetric *metric = family->metrics->pdata[i];

          if (family->kind == KIND_HISTOGRAM)
            append_histogram (out, family->name, metric);
          else
            g_string_append_printf (out, "%s%s%s%s %" G_GINT64_FORMAT "\n", family->name, *metric->labels ? "{" : "", metric->labels,
                                    *metric->labels ? "}" : "", atomic_load (&metric->value));
        }
    }
  g_mutex_unlock (&lock);
  return g_string_free (out, FALSE);
}

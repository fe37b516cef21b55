#include "server/platform/http/http-private.h"

#define MAX_BUCKETS 65536

/* Tokens are millionths, so that a slow rate still fills. */
typedef struct {
  ArmmsId principal;
  ArmmsRateClass rate_class;
  gint64 millionths;
  gint64 filled_at_us;
} Bucket;

typedef struct {
  gint64 burst;         /* requests */
  gint64 per_second_millionths;
} Rate;

struct _ArmmsLimits {
  Rate rates[ARMMS_RATE_LEAVE + 1];
  GMutex lock;
  GHashTable *buckets;  /* set of Bucket */
};

static guint
hash_bucket (gconstpointer key)
{
  const Bucket *bucket = key;

  return armms_id_hash (&bucket->principal) * 31 + bucket->rate_class;
}

static gboolean
equal_buckets (gconstpointer a, gconstpointer b)
{
  const Bucket *left = a, *right = b;

  return left->rate_class == right->rate_class && armms_id_equal (&left->principal, &right->principal);
}

ArmmsLimits *
armms_limits_new (ArmmsConfig *config)
{
  ArmmsLimits *limits = g_new0 (ArmmsLimits, 1);
  gint64 default_rate = armms_config_integer (config, "limits", "default-per-second", 1, 1000000, 100);
  gint64 ingest_rate = armms_config_integer (config, "limits", "ingest-per-second", 1, 10000000, 20000);
  gint64 sign_in_rate = armms_config_integer (config, "limits", "sign-in-per-minute", 1, 1000000, 60);
  gint64 report_rate = armms_config_integer (config, "limits", "report-per-minute", 1, 1000000, 120);

  limits->rates[ARMMS_RATE_DEFAULT] = (Rate) { default_rate * 5, default_rate * 1000000 };
  limits->rates[ARMMS_RATE_LEAVE] = (Rate) { default_rate, default_rate * 100000 };
  limits->rates[ARMMS_RATE_SIGN_IN] = (Rate) { sign_in_rate, sign_in_rate * 1000000 / 60 };
  limits->rates[ARMMS_RATE_REPORT] = (Rate) { report_rate, report_rate * 1000000 / 60 };
  /* Twice the largest burst that the field makes: honest devices never meet it. */
  limits->rates[ARMMS_RATE_INGEST] = (Rate) { MAX (24000, ingest_rate * 2), ingest_rate * 1000000 };
  g_mutex_init (&limits->lock);
  limits->buckets = g_hash_table_new_full (hash_bucket, equal_buckets, g_free, NULL);
  return limits;
}

void
armms_limits_free (ArmmsLimits *limits)
{
  if (limits == NULL)
    return;
  g_hash_table_unref (limits->buckets);
  g_mutex_clear (&limits->lock);
  g_free (limits);
}

/* A bucket that would be full by now says nothing: out with it. */
static gboolean
is_full (gpointer key, gpointer value, gpointer user_data)
{
  Bucket *bucket = key;
  ArmmsLimits *limits = user_data;
  Rate *rate = &limits->rates[bucket->rate_class];
  gint64 age_us = g_get_monotonic_time () - bucket->filled_at_us;

  return age_us > 60 * G_USEC_PER_SEC && age_us / G_USEC_PER_SEC * rate->per_second_millionths >= rate->burst * 1000000;
}

static Bucket *
find_bucket (ArmmsLimits *limits, const ArmmsId *principal, ArmmsRateClass rate_class, gint64 now_us)
{
  Bucket wanted = { .principal = *principal, .rate_class = rate_class };
  Bucket *bucket = g_hash_table_lookup (limits->buckets, &wanted);

  if (bucket != NULL)
    return bucket;
  if (g_hash_table_size (limits->buckets) >= MAX_BUCKETS)
    g_hash_table_foreach_remove (limits->buckets, is_full, limits);
  bucket = g_memdup2 (&wanted, sizeof wanted);
  bucket->millionths = limits->rates[rate_class].burst * 1000000;
  bucket->filled_at_us = now_us;
  g_hash_table_add (limits->buckets, bucket);
  return bucket;
}

gboolean
armms_limits_take (ArmmsLimits *limits, const ArmmsId *principal, ArmmsRateClass rate_class, guint *ret_limit,
                   guint *ret_remaining, guint *ret_reset, GError **error)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&limits->lock);
  Rate *rate = &limits->rates[rate_class];
  gint64 now_us = g_get_monotonic_time ();
  Bucket *bucket = find_bucket (limits, principal, rate_class, now_us);
  gint64 full = rate->burst * 1000000;
  gint64 passed_us = MIN (now_us - bucket->filled_at_us, 3600 * (gint64) G_USEC_PER_SEC);
  gboolean good;

  bucket->millionths = MIN (full, bucket->millionths + passed_us * (rate->per_second_millionths / 1000) / 1000);
  bucket->filled_at_us = now_us;
  good = bucket->millionths >= 1000000;
  if (good)
    bucket->millionths -= 1000000;
  *ret_limit = (guint) rate->burst;
  *ret_remaining = (guint) (bucket->millionths / 1000000);
  *ret_reset = (guint) (((good ? full : 1000000) - bucket->millionths) / MAX (1, rate->per_second_millionths) + 1);
  if (!good)
    armms_error_set (error, ARMMS_ERROR_RATE_LIMITED, "rate.limited", "more than %" G_GINT64_FORMAT " calls of this kind at once", rate->burst);
  return good;
}

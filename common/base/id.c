#include "common/base/id.h"
#include "common/base/id-clock.h"

#include <string.h>

#ifdef G_OS_UNIX
#include <sys/random.h>
#endif

#define COUNTER_BITS 12
#define COUNTER_MAX ((1u << COUNTER_BITS) - 1)

/* Random bytes are fetched in blocks: one system call for some hundred ids. */
typedef struct {
  guint8 bytes[4096];
  gsize used;
} RandomPool;

G_LOCK_DEFINE_STATIC (maker);
static gint64 last_ms = -1;  /* of the newest id; the counter runs within it */
static guint counter;
static RandomPool pool = { .used = sizeof pool.bytes };

static void
fill_pool (void)
{
  gsize have = 0;

#ifdef G_OS_UNIX
  while (have < sizeof pool.bytes)
    {
      ssize_t n = getrandom (pool.bytes + have, sizeof pool.bytes - have, 0);
      if (n <= 0)
        break;
      have += (gsize) n;
    }
#endif
  for (; have < sizeof pool.bytes; have++)
    pool.bytes[have] = (guint8) g_random_int ();
  pool.used = 0;
}

static void
take_random (guint8 *out, gsize n)
{
  if (pool.used + n > sizeof pool.bytes)
    fill_pool ();
  memcpy (out, pool.bytes + pool.used, n);
  pool.used += n;
}

static int
hex_value (char c)
{
  if (c >= '0' && c <= '9')
    return c - '0';
  if (c >= 'a' && c <= 'f')
    return c - 'a' + 10;
  if (c >= 'A' && c <= 'F')
    return c - 'A' + 10;
  return -1;
}

ArmmsId
armms_id_new_at (gint64 unix_ms)
{
  ArmmsId id;

  G_LOCK (maker);
  take_random (id.bytes + 6, 10);
  if (unix_ms > last_ms)
    {
      /* A random start in the lower half leaves room to count, and tells nobody how many ids were made. */
      last_ms = unix_ms;
      counter = ((guint) id.bytes[6] << 8 | id.bytes[7]) & (COUNTER_MAX >> 1);
    }
  else if (++counter > COUNTER_MAX)
    {
      last_ms++;
      counter = 0;
    }
  for (int i = 0; i < 6; i++)
    id.bytes[i] = (guint8) (last_ms >> (40 - 8 * i));
  id.bytes[6] = (guint8) (0x70 | counter >> 8);
  id.bytes[7] = (guint8) counter;
  id.bytes[8] = (guint8) (0x80 | (id.bytes[8] & 0x3f));
  G_UNLOCK (maker);
  return id;
}

ArmmsId
armms_id_new (void)
{
  return armms_id_new_at (g_get_real_time () / 1000);
}

ArmmsId
armms_id_from_name (const ArmmsId *space, const char *name)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize size = sizeof digest;
  ArmmsId id;

  g_checksum_update (checksum, space->bytes, sizeof space->bytes);
  g_checksum_update (checksum, (const guint8 *) name, (gssize) strlen (name));
  g_checksum_get_digest (checksum, digest, &size);
  memcpy (id.bytes, digest, sizeof id.bytes);
  id.bytes[6] = (guint8) (0x80 | (id.bytes[6] & 0x0f));
  id.bytes[8] = (guint8) (0x80 | (id.bytes[8] & 0x3f));
  return id;
}

gboolean
armms_id_parse (const char *text, ArmmsId *ret_id)
{
  ArmmsId id;
  int at = 0;

  if (text == NULL)
    return FALSE;
  for (int i = 0; i < 16; i++)
    {
      int high, low;

      if (i == 4 || i == 6 || i == 8 || i == 10)
        if (text[at++] != '-')
          return FALSE;
      high = hex_value (text[at]);
      low = high < 0 ? -1 : hex_value (text[at + 1]);
      if (low < 0)
        return FALSE;
      id.bytes[i] = (guint8) (high << 4 | low);
      at += 2;
    }
  if (text[at] != '\0')
    return FALSE;
  *ret_id = id;
  return TRUE;
}

const char *
armms_id_format (const ArmmsId *id, char buffer[ARMMS_ID_TEXT_SIZE])
{
  static const char digits[] = "0123456789abcdef";
  char *out = buffer;

  for (int i = 0; i < 16; i++)
    {
      if (i == 4 || i == 6 || i == 8 || i == 10)
        *out++ = '-';
      *out++ = digits[id->bytes[i] >> 4];
      *out++ = digits[id->bytes[i] & 0x0f];
    }
  *out = '\0';
  return buffer;
}

char *
armms_id_to_string (const ArmmsId *id)
{
  char buffer[ARMMS_ID_TEXT_SIZE];

  return g_strdup (armms_id_format (id, buffer));
}

gboolean
armms_id_equal (const ArmmsId *a, const ArmmsId *b)
{
  return memcmp (a->bytes, b->bytes, sizeof a->bytes) == 0;
}

int
armms_id_compare (const ArmmsId *a, const ArmmsId *b)
{
  return memcmp (a->bytes, b->bytes, sizeof a->bytes);
}

guint
armms_id_hash (gconstpointer id)
{
  guint32 words[4];

  /* The time part hardly differs between ids of one batch: the random tail is what spreads. */
  memcpy (words, id, sizeof words);
  return (words[0] * 31u + words[1]) * 0x9e3779b1u ^ words[2] * 0x85ebca6bu ^ words[3];
}

gboolean
armms_id_equal_func (gconstpointer a, gconstpointer b)
{
  return armms_id_equal (a, b);
}

gboolean
armms_id_is_nil (const ArmmsId *id)
{
  static const ArmmsId nil = ARMMS_ID_NIL;

  return armms_id_equal (id, &nil);
}

/* Names and marks of what is derived: the same row has the same key on every day and every machine. */
#include "server/timekeeping/derive/store/store-private.h"

#include <string.h>

/* Not against malice, only to see whether a row differs; the XOR of a timesheet's lines must not cancel out by pattern. */
guint64
armms_derive_mix (guint64 hash, guint64 value)
{
  hash ^= value + G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) + (hash << 6) + (hash >> 2);
  hash ^= hash >> 30;
  hash *= G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  hash ^= hash >> 27;
  hash *= G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return hash ^ (hash >> 31);
}

guint64
armms_derive_mix_id (guint64 hash, const ArmmsId *id)
{
  guint64 halves[2];

  memcpy (halves, id->bytes, sizeof halves);
  return armms_derive_mix (armms_derive_mix (hash, halves[0]), halves[1]);
}

guint64
armms_derive_mix_text (guint64 hash, const char *text)
{
  for (; text != NULL && *text != '\0'; text++)
    hash = armms_derive_mix (hash, (guint64) (guchar) *text);
  return armms_derive_mix (hash, text == NULL);
}

static const ArmmsId name_space = { { 't', 'i', 'm', 'e', 'k', 'e', 'e', 'p', 'i', 'n', 'g', '.', 'd', 'e', 'r', '1' } };

/* "kind" and the bytes of what it is made from, as hexadecimal digits. */
static ArmmsId
id_from_parts (const char *kind, const ArmmsId *const *ids, guint n, ArmmsDate date, const char *tail)
{
  static const char digits[] = "0123456789abcdef";
  char name[16 + 5 * 33 + 16 + 32];
  char *end = g_stpcpy (name, kind);

  for (guint i = 0; i < n; i++)
    {
      for (guint j = 0; j < sizeof ids[i]->bytes; j++)
        {
          *end++ = digits[ids[i]->bytes[j] >> 4];
          *end++ = digits[ids[i]->bytes[j] & 15];
        }
      *end++ = '.';
    }
  g_snprintf (end, (gulong) (name + sizeof name - end), "%d.%s", date.days, tail);
  return armms_id_from_name (&name_space, name);
}

ArmmsId
armms_line_id (const ArmmsId *employee_id, ArmmsDate duty_date, const ArmmsDuty *duty, const ArmmsId *relief_id)
{
  const ArmmsId *ids[] = { employee_id, &duty->detachment_id, &duty->shift_id, &duty->position_id, relief_id };

  return id_from_parts ("line.", ids, 5, duty_date, "");
}

ArmmsId
armms_timesheet_id (const ArmmsId *employee_id, ArmmsDate period_from, const ArmmsId *detachment_id,
                    const ArmmsId *shift_id, const ArmmsId *position_id)
{
  const ArmmsId *ids[] = { employee_id, detachment_id, shift_id, position_id };

  return id_from_parts ("sheet.", ids, 4, period_from, "");
}

ArmmsId
armms_anomaly_id (const ArmmsId *subject, ArmmsAnomalyCode code)
{
  return id_from_parts ("anomaly.", &subject, 1, (ArmmsDate) { 0 }, armms_anomaly_code_name (code));
}

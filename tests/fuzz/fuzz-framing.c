#include "server/platform/http/framing.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static guint
show (const guint8 *data, gsize size, gsize step, gsize *ret_start)
{
  ArmmsFraming framing;
  gsize start = 0;

  armms_framing_init (&framing, NULL, NULL);
  for (gsize seen = 0; seen < size && framing.state != ARMMS_FRAMING_REFUSED;)
    {
      gsize n;

      seen = MIN (size, seen + step);
      do
        {
          if (framing.state == ARMMS_FRAMING_DONE)
            armms_framing_next (&framing);
          n = armms_framing_check (&framing, data + start, seen - start);
          start += n;
          g_assert_cmpuint (start, <=, seen);
        }
      while (n > 0);
    }
  *ret_start = start;
  return framing.state == ARMMS_FRAMING_REFUSED ? framing.refusal.status : framing.state;
}

/* However the bytes are cut, the same is handed on and the same is refused. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  gsize whole = 0, split = 0;
  guint a = show (data, size, MAX (size, 1), &whole), b = show (data, size, 1, &split);

  g_assert_cmpuint (a, ==, b);
  if (a != ARMMS_FRAMING_REFUSED && a < 400)
    g_assert_cmpuint (whole, ==, split);
  return 0;
}

#include "server/programs/sample/dice.h"

/* splitmix64: small, and the same on every machine. */
guint64
armms_dice_roll (ArmmsDice *dice)
{
  guint64 z = (dice->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

ArmmsDice
armms_dice (guint64 seed, const char *word, guint64 number)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);
  ArmmsDice dice;

  for (const char *letter = word; *letter != '\0'; letter++)
    hash = (hash ^ (guint8) *letter) * G_GUINT64_CONSTANT (0x100000001b3);
  dice.state = seed * G_GUINT64_CONSTANT (0x2545f4914f6cdd1d) ^ hash ^ (number * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));
  armms_dice_roll (&dice);
  return dice;
}

gint32
armms_dice_between (ArmmsDice *dice, gint32 from, gint32 to)
{
  return from + (gint32) (armms_dice_roll (dice) % (guint64) (to - from + 1));
}

gboolean
armms_dice_hits (ArmmsDice *dice, guint per_mille)
{
  return armms_dice_roll (dice) % 1000 < per_mille;
}

void
armms_dice_shuffle (ArmmsDice *dice, GPtrArray *array, guint from, guint n)
{
  for (guint i = n; i > 1; i--)
    {
      guint j = (guint) (armms_dice_roll (dice) % i);
      gpointer kept = array->pdata[from + i - 1];

      array->pdata[from + i - 1] = array->pdata[from + j];
      array->pdata[from + j] = kept;
    }
}

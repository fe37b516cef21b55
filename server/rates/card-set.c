#include "server/rates/rates-private.h"

#include "server/timekeeping/timekeeping.h"

#include <string.h>

typedef struct {
  ArmmsId detachment_id, shift_id, position_id;
} Post;

typedef struct {
  guint first, n;
} Range;

struct _ArmmsRateCardSet {
  GArray *cards;        /* owned: ArmmsPayCard, by post and from */
  GHashTable *posts;    /* owned: Post (owned) -> Range (owned) */
  GStringChunk *texts;  /* owned: sources of the cards */
};

static guint
post_hash (gconstpointer key)
{
  const Post *post = key;

  return armms_id_hash (&post->detachment_id) * 31 * 31 + armms_id_hash (&post->shift_id) * 31 + armms_id_hash (&post->position_id);
}

static gboolean
post_equal (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (Post)) == 0;
}

void
armms_rate_card_set_free (ArmmsRateCardSet *set)
{
  if (set == NULL)
    return;
  g_array_unref (set->cards);
  g_hash_table_unref (set->posts);
  g_string_chunk_free (set->texts);
  g_free (set);
}

gboolean
armms_rates_day_minutes (const GArray *working_times, ArmmsDate date, gint32 *ret_minutes, GError **error)
{
  const ArmmsWorkingTimeTable table = { (const ArmmsWorkingTime *) (gpointer) working_times->data, working_times->len };
  const ArmmsWorkingTime *law = armms_working_time_find (&table, date, error);

  if (law == NULL)
    return FALSE;
  *ret_minutes = law->regular_minutes;
  return TRUE;
}

/* A card is priced by the hours of its first day that is asked for. */
static gboolean
add_card (ArmmsRateCardSet *set, ArmmsRows *rows, guint i, const GArray *working_times, ArmmsDate from, GError **error)
{
  Post post = { armms_rows_id (rows, i, "detachment_id"), armms_rows_id (rows, i, "shift_id"), armms_rows_id (rows, i, "position_id") };
  Range *range = g_hash_table_lookup (set->posts, &post);
  char text[ARMMS_ID_TEXT_SIZE];
  ArmmsPayCard card = {
    .rate_card_id = armms_rows_id (rows, i, "rate_card_id"),
    .from = armms_rows_date (rows, i, "valid_from"),
    .to = armms_rows_date (rows, i, "valid_to"),
    .amount = armms_rows_money (rows, i, "amount_centavos"),
    .factor = { armms_rows_integer (rows, i, "factor") },
    .salaried = armms_rows_boolean (rows, i, "salaried"),
    .covers_rest_days = armms_rows_boolean (rows, i, "covers_rest_days"),
    .covers_special_days = armms_rows_boolean (rows, i, "covers_special_days"),
  };

  if (!armms_rate_basis_parse (armms_rows_text (rows, i, "basis"), &card.basis))
    return TRUE;
  if (!armms_rates_day_minutes (working_times, card.from.days > from.days ? card.from : from, &card.day_minutes, error))
    return FALSE;
  card.source = g_string_chunk_insert (set->texts, armms_id_format (&card.rate_card_id, text));
  if (range == NULL)
    {
      range = g_new0 (Range, 1);
      range->first = set->cards->len;
      g_hash_table_insert (set->posts, g_memdup2 (&post, sizeof post), range);
    }
  range->n++;
  g_array_append_val (set->cards, card);
  return TRUE;
}

ArmmsRateCardSet *
armms_rates_load_cards (ArmmsWork *work, ArmmsDate from, ArmmsDate to, GError **error)
{
  ArmmsParams *params = armms_params_date (armms_params_date (armms_params_new (), from), to);
  g_autoptr(ArmmsRows) rows = armms_work_query (work, "rates/rate-cards-in-force", params, error);
  g_autoptr(GArray) working_times = rows != NULL ? armms_timekeeping_load_working_times (work, error) : NULL;
  ArmmsRateCardSet *set;

  if (working_times == NULL)
    return NULL;
  set = g_new0 (ArmmsRateCardSet, 1);
  set->cards = g_array_sized_new (FALSE, FALSE, sizeof (ArmmsPayCard), armms_rows_count (rows));
  set->posts = g_hash_table_new_full (post_hash, post_equal, g_free, g_free);
  set->texts = g_string_chunk_new (4096);
  for (guint i = 0; i < armms_rows_count (rows); i++)
    if (!add_card (set, rows, i, working_times, from, error))
      {
        armms_rate_card_set_free (set);
        return NULL;
      }
  return set;
}

const ArmmsPayCard *
armms_rate_card_set_find (const ArmmsRateCardSet *set, const ArmmsId *detachment_id, const ArmmsId *shift_id, const ArmmsId *position_id,
                          gsize *ret_n_cards)
{
  Post post = { *detachment_id, *shift_id, *position_id };
  const Range *range = g_hash_table_lookup (set->posts, &post);

  *ret_n_cards = range != NULL ? range->n : 0;
  return range != NULL ? &g_array_index (set->cards, ArmmsPayCard, range->first) : NULL;
}

gsize
armms_rate_card_set_count (const ArmmsRateCardSet *set)
{
  return set->cards->len;
}

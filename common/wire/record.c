#include "common/wire/record.h"
#include "common/wire/record-private.h"

#include <string.h>

#define VALUE ARMMS_FIELD_VALUE
#define TYPES_MAX 256

/* GPtrArray frees an element without saying of which type it is: each type has a function of its own from this table. */
static const ArmmsRecordType *slots[TYPES_MAX];
G_LOCK_DEFINE_STATIC (slots);

#define FREE(n) static void free_slot_##n (gpointer record) { armms_record_free (slots[0x##n], record); }
#define FREE16(h) \
  FREE (h##0) FREE (h##1) FREE (h##2) FREE (h##3) FREE (h##4) FREE (h##5) FREE (h##6) FREE (h##7) \
  FREE (h##8) FREE (h##9) FREE (h##a) FREE (h##b) FREE (h##c) FREE (h##d) FREE (h##e) FREE (h##f)
FREE16 (0) FREE16 (1) FREE16 (2) FREE16 (3) FREE16 (4) FREE16 (5) FREE16 (6) FREE16 (7)
FREE16 (8) FREE16 (9) FREE16 (a) FREE16 (b) FREE16 (c) FREE16 (d) FREE16 (e) FREE16 (f)

#define NAME16(h) \
  free_slot_##h##0, free_slot_##h##1, free_slot_##h##2, free_slot_##h##3, free_slot_##h##4, free_slot_##h##5, \
  free_slot_##h##6, free_slot_##h##7, free_slot_##h##8, free_slot_##h##9, free_slot_##h##a, free_slot_##h##b, \
  free_slot_##h##c, free_slot_##h##d, free_slot_##h##e, free_slot_##h##f
static const GDestroyNotify slot_frees[TYPES_MAX] = {
  NAME16 (0), NAME16 (1), NAME16 (2), NAME16 (3), NAME16 (4), NAME16 (5), NAME16 (6), NAME16 (7),
  NAME16 (8), NAME16 (9), NAME16 (a), NAME16 (b), NAME16 (c), NAME16 (d), NAME16 (e), NAME16 (f),
};

static void
set_absent (const ArmmsField *field, gpointer record)
{
  switch (field->kind)
    {
    case ARMMS_FIELD_ID: VALUE (ArmmsId, field, record) = ARMMS_ID_NIL; break;
    case ARMMS_FIELD_INTEGER: VALUE (gint64, field, record) = 0; break;
    case ARMMS_FIELD_BOOLEAN: VALUE (gboolean, field, record) = FALSE; break;
    case ARMMS_FIELD_MONEY: VALUE (ArmmsMoney, field, record) = ARMMS_MONEY (0); break;
    case ARMMS_FIELD_MULTIPLIER: VALUE (ArmmsMultiplier, field, record) = (ArmmsMultiplier) { 0 }; break;
    case ARMMS_FIELD_MINUTES: VALUE (ArmmsMinutes, field, record) = ARMMS_MINUTES (0); break;
    case ARMMS_FIELD_DATE: VALUE (ArmmsDate, field, record) = ARMMS_DATE_NONE; break;
    case ARMMS_FIELD_INSTANT: VALUE (ArmmsInstant, field, record) = ARMMS_INSTANT_NONE; break;
    default: VALUE (gpointer, field, record) = NULL; break;
    }
}

static gpointer
copy_records (const ArmmsField *field, GPtrArray *records)
{
  GPtrArray *copy = armms_records_new (field->record);

  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (copy, armms_record_copy (field->record, g_ptr_array_index (records, i)));
  return copy;
}

/* What @value, a pointer member, owns, once more. */
static gpointer
copy_owned (const ArmmsField *field, gpointer value)
{
  if (value == NULL)
    return NULL;
  switch (field->kind)
    {
    case ARMMS_FIELD_TEXT:
    case ARMMS_FIELD_JSON: return g_strdup (value);
    case ARMMS_FIELD_TEXTS: return g_strdupv (value);
    case ARMMS_FIELD_IDS: return g_array_copy (value);
    case ARMMS_FIELD_RECORD: return armms_record_copy (field->record, value);
    case ARMMS_FIELD_RECORDS: return copy_records (field, value);
    default: g_return_val_if_reached (NULL);
    }
}

static gboolean
is_pointer (ArmmsFieldKind kind)
{
  switch (kind)
    {
    case ARMMS_FIELD_TEXT:
    case ARMMS_FIELD_JSON:
    case ARMMS_FIELD_TEXTS:
    case ARMMS_FIELD_IDS:
    case ARMMS_FIELD_RECORD:
    case ARMMS_FIELD_RECORDS:
      return TRUE;
    default:
      return FALSE;
    }
}

void
armms_field_clear (const ArmmsField *field, gpointer record)
{
  gpointer owned = is_pointer (field->kind) ? VALUE (gpointer, field, record) : NULL;

  if (owned != NULL)
    switch (field->kind)
      {
      case ARMMS_FIELD_TEXTS: g_strfreev (owned); break;
      case ARMMS_FIELD_IDS: g_array_unref (owned); break;
      case ARMMS_FIELD_RECORD: armms_record_free (field->record, owned); break;
      case ARMMS_FIELD_RECORDS: g_ptr_array_unref (owned); break;
      default: g_free (owned); break;
      }
  set_absent (field, record);
}

gboolean
armms_field_is_absent (const ArmmsField *field, gconstpointer record)
{
  gboolean zero_is_none = (field->flags & ARMMS_FIELD_OPTIONAL_ZERO) != 0;

  switch (field->kind)
    {
    case ARMMS_FIELD_ID: return armms_id_is_nil (&VALUE (const ArmmsId, field, record));
    case ARMMS_FIELD_INTEGER: return zero_is_none && VALUE (const gint64, field, record) == 0;
    case ARMMS_FIELD_BOOLEAN: return FALSE;
    case ARMMS_FIELD_MONEY: return zero_is_none && VALUE (const ArmmsMoney, field, record).centavos == 0;
    case ARMMS_FIELD_MULTIPLIER: return zero_is_none && VALUE (const ArmmsMultiplier, field, record).millionths == 0;
    case ARMMS_FIELD_MINUTES: return zero_is_none && VALUE (const ArmmsMinutes, field, record).count == 0;
    case ARMMS_FIELD_DATE: return armms_date_is_none (VALUE (const ArmmsDate, field, record));
    case ARMMS_FIELD_INSTANT: return armms_instant_is_none (VALUE (const ArmmsInstant, field, record));
    default: return VALUE (const gpointer, field, record) == NULL;
    }
}

void
armms_field_get_bounds (const ArmmsField *field, gint64 *ret_min, gint64 *ret_max)
{
  gboolean bounded = field->min != 0 || field->max != 0;

  *ret_min = field->min;
  *ret_max = field->max;
  switch (field->kind)
    {
    case ARMMS_FIELD_TEXT:
      if (field->max <= 0)
        *ret_max = ARMMS_FIELD_TEXT_MAX;
      if (field->flags & ARMMS_FIELD_REQUIRED)
        *ret_min = MAX (field->min, 1);
      break;
    case ARMMS_FIELD_JSON:
      if (field->max <= 0)
        *ret_max = ARMMS_FIELD_JSON_MAX;
      break;
    case ARMMS_FIELD_TEXTS:
    case ARMMS_FIELD_IDS:
    case ARMMS_FIELD_RECORDS:
      if (field->max <= 0)
        *ret_max = ARMMS_FIELD_ITEMS_MAX;
      break;
    case ARMMS_FIELD_MINUTES:
      if (!bounded)
        *ret_min = G_MININT32;
      if (field->max < field->min || !bounded)
        *ret_max = G_MAXINT32;
      break;
    default:
      if (!bounded)
        *ret_min = G_MININT64;
      if (field->max < field->min || !bounded)
        *ret_max = G_MAXINT64;
      break;
    }
}

gpointer
armms_record_new (const ArmmsRecordType *type)
{
  gpointer record = g_malloc0 (type->size);

  for (const ArmmsField *field = type->fields; field->name != NULL; field++)
    if (field->kind == ARMMS_FIELD_DATE || field->kind == ARMMS_FIELD_INSTANT)
      set_absent (field, record);
  return record;
}

void
armms_record_free (const ArmmsRecordType *type, gpointer record)
{
  if (record == NULL)
    return;
  for (const ArmmsField *field = type->fields; field->name != NULL; field++)
    if (is_pointer (field->kind))
      armms_field_clear (field, record);
  g_free (record);
}

gpointer
armms_record_copy (const ArmmsRecordType *type, gconstpointer record)
{
  gpointer copy;

  if (record == NULL)
    return NULL;
  copy = g_memdup2 (record, type->size);
  for (const ArmmsField *field = type->fields; field->name != NULL; field++)
    if (is_pointer (field->kind))
      VALUE (gpointer, field, copy) = copy_owned (field, VALUE (gpointer, field, copy));
  return copy;
}

GPtrArray *
armms_records_new (const ArmmsRecordType *type)
{
  guint slot = 0;

  G_LOCK (slots);
  while (slot < TYPES_MAX && slots[slot] != NULL && slots[slot] != type)
    slot++;
  g_assert (slot < TYPES_MAX);
  slots[slot] = type;
  G_UNLOCK (slots);
  return g_ptr_array_new_with_free_func (slot_frees[slot]);
}

const ArmmsField *
armms_record_type_find (const ArmmsRecordType *type, const char *name)
{
  for (const ArmmsField *field = type->fields; name != NULL && field->name != NULL; field++)
    if (strcmp (field->name, name) == 0)
      return field;
  return NULL;
}

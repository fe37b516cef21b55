#include "client/model/row.h"

struct _ArmmsRow
{
  GObject parent_instance;

  const ArmmsRecordType *type;
  gpointer record; /* owned, nullable */
};

G_DEFINE_FINAL_TYPE (ArmmsRow, armms_row, G_TYPE_OBJECT)

static guint changed_signal;

static void
armms_row_finalize (GObject *object)
{
  ArmmsRow *self = ARMMS_ROW (object);

  armms_record_free (self->type, self->record);
  G_OBJECT_CLASS (armms_row_parent_class)->finalize (object);
}

static void
armms_row_class_init (ArmmsRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = armms_row_finalize;
  changed_signal = g_signal_new ("changed", ARMMS_TYPE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
armms_row_init (ArmmsRow *self)
{
}

ArmmsRow *
armms_row_new (const ArmmsRecordType *type, gpointer record)
{
  ArmmsRow *self = g_object_new (ARMMS_TYPE_ROW, NULL);

  self->type = type;
  self->record = record;
  return self;
}

void
armms_row_set_record (ArmmsRow *self, gpointer record)
{
  if (self->record == record)
    return;
  armms_record_free (self->type, self->record);
  self->record = record;
  g_signal_emit (self, changed_signal, 0);
}

gpointer
armms_row_get_record (ArmmsRow *self)
{
  return self->record;
}

const ArmmsRecordType *
armms_row_get_record_type (ArmmsRow *self)
{
  return self->type;
}

const ArmmsId *
armms_row_get_id (ArmmsRow *self)
{
  if (self->record == NULL)
    return NULL;
  for (const ArmmsField *field = self->type->fields; field->name != NULL; field++)
    if (field->kind == ARMMS_FIELD_ID)
      return G_STRUCT_MEMBER_P (self->record, field->offset);
  return NULL;
}

#include "client/workspaces/timekeeper/cells-dialog.h"

#include "client/widgets/trace-dialog.h"
#include "client/widgets/words.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static void
add_field (JsonBuilder *builder, const ArmmsDtrLine *line, const char *name)
{
  const ArmmsField *field = armms_record_type_find (&armms_dtr_line_type, name);
  g_autofree char *heading = armms_field_to_heading (field);
  g_autofree char *value = armms_cell_to_display (field, line, NULL);

  if (*value == '\0')
    return;
  json_builder_set_member_name (builder, heading);
  json_builder_add_string_value (builder, value);
}

static void
add_cells (JsonBuilder *builder, const char *cells)
{
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  g_autoptr(GList) members = NULL;
  JsonObject *object;

  if (cells == NULL || !json_parser_load_from_data (parser, cells, -1, /* error= */ NULL) ||
      !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    return;
  object = json_node_get_object (json_parser_get_root (parser));
  members = json_object_get_members (object);
  for (GList *l = members; l != NULL; l = l->next)
    {
      g_autofree char *name = armms_minutes_cell_to_display (l->data);
      g_autofree char *minutes = armms_minutes_to_string (ARMMS_MINUTES ((gint32) json_object_get_int_member (object, l->data)));

      json_builder_set_member_name (builder, name);
      json_builder_add_string_value (builder, minutes);
    }
}

GtkWidget *
armms_cells_dialog_new (GtkWindow *parent, const ArmmsDtrLine *line)
{
  static const char *const fields[] = {
    "starts_at", "ends_at", "in_at", "out_at", "scheduled_minutes", "break_minutes", "worked_minutes", "late_minutes", "undertime_minutes", "absent_minutes",
  };
  g_autoptr(JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr(JsonNode) root = NULL;
  g_autofree char *json = NULL, *figure = NULL, *worked = NULL, *context = NULL;
  char date[ARMMS_DATE_TEXT_SIZE];

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "rule");
  json_builder_add_string_value (builder, "time.classify");
  json_builder_set_member_name (builder, "in");
  json_builder_begin_object (builder);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    add_field (builder, line, fields[i]);
  add_cells (builder, line->cells);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json = json_to_string (root, FALSE);

  worked = armms_minutes_to_string (line->worked_minutes);
  /* Translators: how long somebody worked on a day: "11h 55m worked" */
  figure = g_strdup_printf (_("%s worked"), worked);
  context = g_strdup_printf ("%s · %s · %s · %s", or_empty (line->employee_name), armms_date_format (line->duty_date, date),
                             or_empty (line->detachment_code), or_empty (line->shift_code));
  return GTK_WIDGET (armms_trace_dialog_new (parent, figure, context, json));
}

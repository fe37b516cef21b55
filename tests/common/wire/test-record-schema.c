#include "common/wire/json.h"
#include "sample-record.h"

typedef struct { const char *field; const char *schema; } Case;

static const Case cases[] = {
  { "sample_id", "{\"format\":\"uuid\",\"readOnly\":true,\"type\":[\"string\",\"null\"]}" },
  { "code", "{\"description\":\"What people call it.\",\"maxLength\":8,\"minLength\":1,\"pattern\":\"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$\",\"type\":\"string\"}" },
  { "state", "{\"enum\":[\"OPEN\",\"CLOSED\",null],\"type\":[\"string\",\"null\"]}" },
  { "count", "{\"format\":\"int64\",\"maximum\":5,\"minimum\":-5,\"type\":\"integer\"}" },
  { "rank", "{\"format\":\"int64\",\"minimum\":1,\"type\":[\"integer\",\"null\"]}" },
  { "amount", "{\"pattern\":\"^-?(0|[1-9][0-9]{0,12})\\\\.[0-9]{2}$\",\"type\":\"string\",\"x-scope\":\"pay:read\"}" },
  { "due_on", "{\"format\":\"date\",\"type\":[\"string\",\"null\"]}" },
  { "main_part", "{\"anyOf\":[{\"$ref\":\"#/components/schemas/SamplePart\"},{\"type\":\"null\"}]}" },
  { "parts", "{\"items\":{\"$ref\":\"#/components/schemas/SamplePart\"},\"maxItems\":2,\"type\":\"array\"}" },
  { "password", "{\"maxLength\":4000,\"type\":[\"string\",\"null\"],\"writeOnly\":true}" },
};

static void
test_schema (void)
{
  g_autoptr(JsonNode) schema = armms_record_schema (&sample_type);
  JsonObject *object = json_node_get_object (schema);
  JsonObject *properties = json_object_get_object_member (object, "properties");
  g_autofree char *required = armms_json_to_canonical (json_object_get_member (object, "required"));

  g_assert_cmpstr (required, ==, "[\"code\"]");
  g_assert_cmpstr (json_object_get_string_member (object, "type"), ==, "object");
  for (const ArmmsField *field = sample_type.fields; field->name != NULL; field++)
    g_assert_true (json_object_has_member (properties, field->name));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = armms_json_to_canonical (json_object_get_member (properties, cases[i].field));
      g_assert_cmpstr (text, ==, cases[i].schema);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/record-schema/the table as JSON Schema", test_schema);
  return g_test_run ();
}

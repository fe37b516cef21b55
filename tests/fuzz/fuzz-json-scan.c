#include "server/platform/http/json-scan.h"

#include <json-glib/json-glib.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Never crashes; and what passes is what json-glib reads too. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  if (armms_json_scan ((const char *) data, size, /* limits= */ NULL, /* error= */ NULL))
    {
      g_autoptr(JsonParser) parser = json_parser_new ();

      g_assert_true (json_parser_load_from_data (parser, (const char *) data, (gssize) size, NULL));
    }
  return 0;
}

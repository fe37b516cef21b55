#include "common/base/id-clock.h"

#define MANY 100000

static void
test_order (void)
{
  ArmmsId last = armms_id_new ();

  for (int i = 0; i < MANY; i++)
    {
      ArmmsId id = armms_id_new ();
      g_assert_cmpint (armms_id_compare (&last, &id), <, 0);
      last = id;
    }
}

/* The clock stands still, steps back an hour, and catches up: ids rise all the way. */
static void
test_clock_back (void)
{
  gint64 now = g_get_real_time () / 1000 + 3600 * 1000;
  ArmmsId last = armms_id_new_at (now);

  for (int i = 0; i < MANY; i++)
    {
      ArmmsId id = armms_id_new_at (i % 2 == 0 ? now : now - 3600 * 1000);
      g_assert_cmpint (armms_id_compare (&last, &id), <, 0);
      last = id;
    }
  ArmmsId later = armms_id_new_at (now + 1000 * 1000);
  g_assert_cmpint (armms_id_compare (&last, &later), <, 0);
}

static void
test_layout (void)
{
  ArmmsId id = armms_id_new_at (G_GINT64_CONSTANT (0x123456789abc));

  g_assert_cmphex (id.bytes[6] >> 4, ==, 7);
  g_assert_cmphex (id.bytes[8] >> 6, ==, 2);
  g_assert_cmphex (id.bytes[0], ==, 0x12);
  g_assert_cmphex (id.bytes[5], ==, 0xbc);
}

static gpointer
make_many (gpointer data)
{
  GArray *ids = g_array_sized_new (FALSE, FALSE, sizeof (ArmmsId), MANY / 4);

  for (int i = 0; i < MANY / 4; i++)
    {
      ArmmsId id = armms_id_new ();
      g_array_append_val (ids, id);
    }
  return ids;
}

static void
test_threads (void)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (armms_id_hash, armms_id_equal_func);
  GThread *threads[4];
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  for (int i = 0; i < 4; i++)
    threads[i] = g_thread_new ("ids", make_many, NULL);
  for (int i = 0; i < 4; i++)
    g_ptr_array_add (all, g_thread_join (threads[i]));
  for (guint i = 0; i < all->len; i++)
    {
      GArray *ids = g_ptr_array_index (all, i);
      for (guint j = 0; j < ids->len; j++)
        g_assert_true (g_hash_table_add (seen, &g_array_index (ids, ArmmsId, j)));
    }
  g_assert_cmpuint (g_hash_table_size (seen), ==, MANY);
}

static void
test_text (void)
{
  static const char *const bad[] = {
    "", "018f3a6c-7b1d-7000-8000-00000000000", "018f3a6c-7b1d-7000-8000-0000000000000", "018f3a6c7b1d70008000000000000001",
    "{018f3a6c-7b1d-7000-8000-000000000001}", "018f3a6c-7b1d-7000-8000-00000000000g", " 018f3a6c-7b1d-7000-8000-000000000001", "018f3a6c-7b1d-7000-80000-00000000001",
  };
  char buffer[ARMMS_ID_TEXT_SIZE];
  ArmmsId id = ARMMS_ID_NIL, back = ARMMS_ID_NIL;

  g_assert_true (armms_id_parse ("018F3A6C-7b1d-7000-8000-000000000001", &id));
  g_assert_cmpstr (armms_id_format (&id, buffer), ==, "018f3a6c-7b1d-7000-8000-000000000001");
  g_autofree char *text = armms_id_to_string (&id);
  g_assert_true (armms_id_parse (text, &back));
  g_assert_true (armms_id_equal (&id, &back));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (armms_id_parse (bad[i], &back));
  g_assert_false (armms_id_parse (NULL, &back));
  g_assert_true (armms_id_equal (&id, &back));
  g_assert_false (armms_id_is_nil (&id));
  back = ARMMS_ID_NIL;
  g_assert_true (armms_id_is_nil (&back));
}

static void
test_names (void)
{
  ArmmsId space = armms_id_new (), other = armms_id_new ();
  ArmmsId a = armms_id_from_name (&space, "guard 1"), b = armms_id_from_name (&space, "guard 1");
  ArmmsId c = armms_id_from_name (&space, "guard 2"), d = armms_id_from_name (&other, "guard 1");

  g_assert_true (armms_id_equal (&a, &b));
  g_assert_false (armms_id_equal (&a, &c));
  g_assert_false (armms_id_equal (&a, &d));
  g_assert_cmphex (a.bytes[6] >> 4, ==, 8);
  g_assert_cmphex (a.bytes[8] >> 6, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/id/the layout is version 7", test_layout);
  g_test_add_func ("/base/id/ids rise within a millisecond", test_order);
  g_test_add_func ("/base/id/ids rise when the clock steps back", test_clock_back);
  g_test_add_func ("/base/id/threads never make the same", test_threads);
  g_test_add_func ("/base/id/text is strict", test_text);
  g_test_add_func ("/base/id/a name gives the same id", test_names);
  return g_test_run ();
}

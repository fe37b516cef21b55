/* Personal data is sealed: bound to its place, tells nothing in a dump, and survives the change of keys. */
#include "server/platform/crypto/crypto.h"
#include "tests/support/test-database.h"

#include <string.h>

static ArmmsTestDatabase *database;
static ArmmsDb *db;

static const char TABLE[] = "hr_core.employees";

static ArmmsActor
actor_of (ArmmsId tenant)
{
  return (ArmmsActor) { .tenant_id = tenant, .request_id = "test-crypto" };
}

static ArmmsWork *
begin (const ArmmsActor *actor, ArmmsWorkMode mode)
{
  GError *error = NULL;
  ArmmsWork *work = armms_work_begin (db, "hr_core", mode, actor, &error);

  g_assert_no_error (error);
  return work;
}

static GBytes *
seal (ArmmsWork *work, const ArmmsId *row, const char *text)
{
  GError *error = NULL;
  GBytes *sealed = armms_crypto_seal (work, TABLE, "sss_no_sealed", row, text, &error);

  g_assert_no_error (error);
  g_assert_nonnull (sealed);
  return sealed;
}

static void
assert_opens (ArmmsWork *work, const ArmmsId *row, GBytes *sealed, const char *expected)
{
  GError *error = NULL;
  g_autofree char *text = armms_crypto_open (work, TABLE, "sss_no_sealed", row, sealed, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_broken (ArmmsWork *work, const char *table, const char *column, const ArmmsId *row, GBytes *sealed)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (armms_crypto_open (work, table, column, row, sealed, &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, "crypto.broken_seal");
}

static void
test_round (void)
{
  ArmmsActor actor = actor_of (armms_id_new ());
  g_autoptr(ArmmsWork) work = begin (&actor, ARMMS_WORK_WRITE);
  ArmmsId row = armms_id_new ();
  g_autoptr(GBytes) a = seal (work, &row, "34-1234567-8");
  g_autoptr(GBytes) b = seal (work, &row, "34-1234567-8");
  g_autoptr(GBytes) empty = seal (work, &row, "");
  g_autoptr(GError) error = NULL;

  g_assert_false (g_bytes_equal (a, b)); /* a new nonce each time */
  g_assert_null (memmem (g_bytes_get_data (a, NULL), g_bytes_get_size (a), "1234567", 7));
  assert_opens (work, &row, a, "34-1234567-8");
  assert_opens (work, &row, b, "34-1234567-8");
  assert_opens (work, &row, empty, "");
  g_assert_null (armms_crypto_seal (work, TABLE, "sss_no_sealed", &row, NULL, &error));
  g_assert_no_error (error);
  g_assert_null (armms_crypto_open (work, TABLE, "sss_no_sealed", &row, NULL, &error));
  g_assert_no_error (error);
}

/* Another row, column, table or tenant, and every single byte changed. */
static void
test_moved_or_changed (void)
{
  ArmmsActor actor = actor_of (armms_id_new ());
  ArmmsActor other = actor_of (armms_id_new ());
  g_autoptr(ArmmsWork) work = begin (&actor, ARMMS_WORK_WRITE);
  g_autoptr(ArmmsWork) work_of_other = begin (&other, ARMMS_WORK_WRITE);
  ArmmsId row = armms_id_new (), other_row = armms_id_new ();
  g_autoptr(GBytes) sealed = seal (work, &row, "secret");
  g_autoptr(GBytes) of_other = seal (work_of_other, &row, "theirs");
  gsize size;
  const guint8 *bytes = g_bytes_get_data (sealed, &size);

  assert_broken (work, TABLE, "sss_no_sealed", &other_row, sealed);
  assert_broken (work, TABLE, "tin_sealed", &row, sealed);
  assert_broken (work, "payroll.payslips", "sss_no_sealed", &row, sealed);
  assert_broken (work_of_other, TABLE, "sss_no_sealed", &row, sealed);
  for (gsize i = 0; i < size; i++)
    {
      g_autofree guint8 *changed = g_memdup2 (bytes, size);
      g_autoptr(GBytes) bad = NULL;

      changed[i] ^= 1;
      bad = g_bytes_new (changed, size);
      assert_broken (work, TABLE, "sss_no_sealed", &row, bad);
    }
  for (gsize n = 0; n < size; n++)
    {
      g_autoptr(GBytes) cut = g_bytes_new (bytes, n);

      assert_broken (work, TABLE, "sss_no_sealed", &row, cut);
    }
}

static void
test_index (void)
{
  ArmmsActor actor = actor_of (armms_id_new ());
  ArmmsActor other = actor_of (armms_id_new ());
  /* A search comes first, in a unit that only reads. */
  g_autoptr(ArmmsWork) work = begin (&actor, ARMMS_WORK_READ);
  g_autoptr(ArmmsWork) work_of_other = begin (&other, ARMMS_WORK_WRITE);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) a = armms_crypto_index (work, TABLE, "tin", "123", &error);
  g_autoptr(GBytes) again = armms_crypto_index (work, TABLE, "tin", "123", &error);
  g_autoptr(GBytes) b = armms_crypto_index (work, TABLE, "tin", "124", &error);
  g_autoptr(GBytes) column = armms_crypto_index (work, TABLE, "sss", "123", &error);
  g_autoptr(GBytes) tenant = armms_crypto_index (work_of_other, TABLE, "tin", "123", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (a), ==, 16);
  g_assert_true (g_bytes_equal (a, again));
  g_assert_false (g_bytes_equal (a, b));
  g_assert_false (g_bytes_equal (a, column));
  g_assert_false (g_bytes_equal (a, tenant));
}

/* What was sealed before a change of the data key, or of the master key, opens after it, also in another process. */
static void
test_rotation (void)
{
  ArmmsActor actor = actor_of (armms_id_new ());
  ArmmsId row = armms_id_new ();
  g_autoptr(GBytes) first = NULL;
  g_autoptr(GBytes) second = NULL;
  g_autoptr(GBytes) index = NULL;
  GError *error = NULL;

  {
    g_autoptr(ArmmsWork) work = begin (&actor, ARMMS_WORK_WRITE);

    first = seal (work, &row, "before");
    index = armms_crypto_index (work, TABLE, "tin", "1", &error);
    g_assert_true (armms_crypto_rotate (work, &error));
    g_assert_no_error (error);
    second = seal (work, &row, "after");
    g_assert_cmpint (((const guint8 *) g_bytes_get_data (first, NULL))[4], ==, 1);
    g_assert_cmpint (((const guint8 *) g_bytes_get_data (second, NULL))[4], ==, 2);
    assert_opens (work, &row, first, "before");
    assert_opens (work, &row, second, "after");
  }
  {
    static const guint8 new_master[32] = "0123456789abcdef0123456789abcde";
    g_autoptr(ArmmsConfig) config = armms_test_database_config (database, "armms_server");
    gsize size;
    const guint8 *old_master = armms_config_secret (config, "master-key", 32, &size, &error);
    g_autofree guint8 *kept = g_memdup2 (old_master, size);
    g_autoptr(ArmmsDb) other_process = NULL;
    g_autoptr(ArmmsWork) work = NULL;
    g_autoptr(GBytes) index_again = NULL;
    gint64 n = 0;

    armms_config_set_secret (config, "master-key-previous", kept, size);
    armms_config_set_secret (config, "master-key", new_master, sizeof new_master);
    other_process = armms_db_new (config, FALSE, &error);
    g_assert_no_error (error);
    work = armms_work_begin (other_process, "hr_core", ARMMS_WORK_WRITE, &actor, &error);
    assert_opens (work, &row, first, "before"); /* through the one before */
    g_assert_true (armms_crypto_rewrap (work, &n, &error));
    g_assert_no_error (error);
    g_assert_cmpint (n, ==, 3);
    g_assert_true (armms_work_commit (work, &error));
    g_clear_pointer (&work, armms_work_free);
    g_clear_pointer (&other_process, armms_db_free);

    g_clear_pointer (&config, armms_config_unref);
    config = armms_test_database_config (database, "armms_server");
    armms_config_set_secret (config, "master-key", new_master, sizeof new_master);
    other_process = armms_db_new (config, FALSE, &error);
    work = armms_work_begin (other_process, "hr_core", ARMMS_WORK_READ, &actor, &error);
    assert_opens (work, &row, first, "before");
    assert_opens (work, &row, second, "after");
    index_again = armms_crypto_index (work, TABLE, "tin", "1", &error);
    g_assert_true (g_bytes_equal (index, index_again));
  }
}

/* A server with another master key neither opens nor silently makes a second key. */
static void
test_wrong_master (void)
{
  ArmmsActor actor = actor_of (armms_id_new ());
  ArmmsId row = armms_id_new ();
  static const guint8 wrong[32] = "wrong wrong wrong wrong wrong w";
  g_autoptr(ArmmsConfig) config = armms_test_database_config (database, "armms_server");
  g_autoptr(ArmmsDb) other_process = NULL;
  g_autoptr(ArmmsWork) work = begin (&actor, ARMMS_WORK_WRITE);
  g_autoptr(GBytes) sealed = seal (work, &row, "x");
  g_autoptr(ArmmsWork) blind = NULL;
  GError *error = NULL;

  armms_config_set_secret (config, "master-key", wrong, sizeof wrong);
  other_process = armms_db_new (config, FALSE, &error);
  blind = armms_work_begin (other_process, "hr_core", ARMMS_WORK_WRITE, &actor, &error);
  g_assert_null (armms_crypto_open (blind, TABLE, "sss_no_sealed", &row, sealed, &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, "crypto.master_key");
  g_clear_error (&error);
  g_assert_null (armms_crypto_seal (blind, TABLE, "sss_no_sealed", &row, "y", &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, "crypto.master_key");
  g_clear_error (&error);
  g_clear_pointer (&blind, armms_work_free);
}

/* The unit that sealed first is rolled back: the key stays, because others may have sealed with it meanwhile. */
static void
test_key_outlives_rollback (void)
{
  ArmmsActor actor = actor_of (armms_id_new ());
  ArmmsId row = armms_id_new ();
  ArmmsWork *work = begin (&actor, ARMMS_WORK_WRITE);
  g_autoptr(GBytes) sealed = seal (work, &row, "kept");
  g_autoptr(ArmmsConfig) config = armms_test_database_config (database, "armms_worker");
  g_autoptr(ArmmsDb) other_process = NULL;
  g_autoptr(ArmmsWork) reader = NULL;
  GError *error = NULL;

  armms_work_free (work);
  other_process = armms_db_new (config, FALSE, &error);
  reader = armms_work_begin (other_process, "hr_core", ARMMS_WORK_READ, &actor, &error);
  assert_opens (reader, &row, sealed, "kept");
  g_clear_pointer (&reader, armms_work_free);
}

static gpointer
seal_in_thread (gpointer user_data)
{
  const ArmmsActor *actor = user_data;
  g_autoptr(ArmmsWork) work = begin (actor, ARMMS_WORK_WRITE);
  ArmmsId row = armms_id_new ();

  for (int i = 0; i < 20; i++)
    {
      g_autoptr(GBytes) sealed = seal (work, &row, "many");

      g_assert_cmpint (((const guint8 *) g_bytes_get_data (sealed, NULL))[4], ==, 1);
      assert_opens (work, &row, sealed, "many");
    }
  return NULL;
}

static void
test_first_key_is_made_once (void)
{
  ArmmsActor actor = actor_of (armms_id_new ());
  char tenant[ARMMS_ID_TEXT_SIZE];
  g_autofree char *count = NULL;
  GThread *threads[3];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("seal", seal_in_thread, &actor);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  count = g_strdup_printf ("select count(*) from platform.data_keys where tenant_id = '%s'", armms_id_format (&actor.tenant_id, tenant));
  g_assert_cmpint (armms_test_database_integer (database, count), ==, 1);
}

int
main (int argc, char **argv)
{
  g_autoptr(ArmmsConfig) config = NULL;
  GError *error = NULL;
  int code;

  g_test_init (&argc, &argv, NULL);
  database = armms_test_database_new ();
  config = armms_test_database_config (database, "armms_server");
  db = armms_db_new (config, FALSE, &error);
  g_assert_no_error (error);
  g_test_add_func ("/crypto/what is sealed opens, and tells nothing", test_round);
  g_test_add_func ("/crypto/moved or changed it does not open", test_moved_or_changed);
  g_test_add_func ("/crypto/equal texts have equal hashes within tenant and column", test_index);
  g_test_add_func ("/crypto/old seals open after keys have changed", test_rotation);
  g_test_add_func ("/crypto/another master key opens nothing and makes nothing", test_wrong_master);
  g_test_add_func ("/crypto/a key outlives the unit that made it", test_key_outlives_rollback);
  g_test_add_func ("/crypto/a tenant's first key is made once", test_first_key_is_made_once);
  code = g_test_run ();
  armms_db_free (db);
  armms_test_database_free (database);
  return code;
}

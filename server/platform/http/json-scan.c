#include "server/platform/http/json-scan.h"

#include <string.h>

#define DEFAULT_DEPTH 32
#define DEFAULT_TOKENS 10000
#define LINEAR_NAMES 12       /* objects up to this size look for twins one by one */
#define MAX_INTEGER_DIGITS 18 /* what gint64 holds whatever the digits */
#define MAX_EXPONENT 300

typedef enum { WANT_VALUE, WANT_VALUE_OR_END, WANT_NAME, WANT_NAME_OR_END, WANT_COMMA_OR_END, WANT_NOTHING } Want;

typedef struct {
  gboolean object;
  guint first_name;   /* index into the scanner's names */
  GHashTable *twins;  /* owned, nullable: once the object grows past LINEAR_NAMES */
} Level;

typedef struct {
  const guint8 *text;
  gsize size, at;
  guint max_depth, max_tokens, depth, tokens;
  Level *levels;
  GPtrArray *names;   /* owned: strings of the open objects, decoded */
  GError **error;
} Scanner;

static gboolean
fail (Scanner *s, const char *code, const char *what)
{
  armms_error_set (s->error, ARMMS_ERROR_MALFORMED, code, "the JSON text %s, at byte %zu", what, s->at);
  return FALSE;
}

static gboolean
count_token (Scanner *s)
{
  if (++s->tokens <= s->max_tokens)
    return TRUE;
  armms_error_set (s->error, ARMMS_ERROR_TOO_LARGE, "json.too_many", "the JSON text has more than %u parts", s->max_tokens);
  return FALSE;
}

/* One UTF-8 sequence of more than one byte at @at. Returns its length, 0 when it is not well formed. */
static gsize
utf8_length (const guint8 *p, gsize left)
{
  guint8 c = p[0], low = 0x80, high = 0xbf;
  gsize n;

  if (c >= 0xc2 && c <= 0xdf)
    n = 2;
  else if (c >= 0xe0 && c <= 0xef)
    n = 3;
  else if (c >= 0xf0 && c <= 0xf4)
    n = 4;
  else
    return 0;
  if (c == 0xe0)
    low = 0xa0;
  else if (c == 0xed)
    high = 0x9f;
  else if (c == 0xf0)
    low = 0x90;
  else if (c == 0xf4)
    high = 0x8f;
  if (left < n || p[1] < low || p[1] > high)
    return 0;
  for (gsize i = 2; i < n; i++)
    if ((p[i] & 0xc0) != 0x80)
      return 0;
  return n;
}

static gboolean
read_hex4 (Scanner *s, gunichar *ret_unit)
{
  gunichar unit = 0;

  if (s->size - s->at < 4)
    return fail (s, "json.escape", "ends inside an escape");
  for (int i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (s->text[s->at + i]);

      if (digit < 0)
        return fail (s, "json.escape", "holds a malformed escape");
      unit = unit * 16 + (gunichar) digit;
    }
  s->at += 4;
  *ret_unit = unit;
  return TRUE;
}

/* After the backslash. */
static gboolean
scan_escape (Scanner *s, GString *out)
{
  static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
  gunichar unit, second;
  const char *letter;

  if (s->at >= s->size)
    return fail (s, "json.escape", "ends inside an escape");
  if (s->text[s->at] != 'u')
    {
      letter = s->text[s->at] != 0 ? strchr (letters, s->text[s->at]) : NULL;
      if (letter == NULL)
        return fail (s, "json.escape", "holds an unknown escape");
      if (out != NULL)
        g_string_append_c (out, meanings[letter - letters]);
      s->at++;
      return TRUE;
    }
  s->at++;
  if (!read_hex4 (s, &unit))
    return FALSE;
  if (unit == 0)
    return fail (s, "json.nul", "holds a NUL");
  if (unit >= 0xd800 && unit <= 0xdbff)
    {
      if (s->size - s->at < 2 || s->text[s->at] != '\\' || s->text[s->at + 1] != 'u')
        return fail (s, "json.surrogate", "holds half of a surrogate pair");
      s->at += 2;
      if (!read_hex4 (s, &second))
        return FALSE;
      if (second < 0xdc00 || second > 0xdfff)
        return fail (s, "json.surrogate", "holds half of a surrogate pair");
      unit = 0x10000 + ((unit - 0xd800) << 10) + (second - 0xdc00);
    }
  else if (unit >= 0xdc00 && unit <= 0xdfff)
    return fail (s, "json.surrogate", "holds half of a surrogate pair");
  if (out != NULL)
    g_string_append_unichar (out, unit);
  return TRUE;
}

/* From the opening quote; @out gets the decoded text when it is wanted. */
static gboolean
scan_string (Scanner *s, GString *out)
{
  s->at++;
  while (s->at < s->size)
    {
      guint8 c = s->text[s->at];
      gsize run = s->at;

      while (c >= 0x20 && c < 0x80 && c != '"' && c != '\\')
        {
          if (++s->at >= s->size)
            return fail (s, "json.unfinished", "ends inside a string");
          c = s->text[s->at];
        }
      if (out != NULL && s->at > run)
        g_string_append_len (out, (const char *) s->text + run, (gssize) (s->at - run));
      if (c == '"')
        {
          s->at++;
          return TRUE;
        }
      if (c == '\\')
        {
          s->at++;
          if (!scan_escape (s, out))
            return FALSE;
        }
      else if (c < 0x20)
        return fail (s, c == 0 ? "json.nul" : "json.control", c == 0 ? "holds a NUL" : "holds a raw control character");
      else
        {
          gsize n = utf8_length (s->text + s->at, s->size - s->at);

          if (n == 0)
            return fail (s, "json.utf8", "is not UTF-8");
          if (out != NULL)
            g_string_append_len (out, (const char *) s->text + s->at, (gssize) n);
          s->at += n;
        }
    }
  return fail (s, "json.unfinished", "ends inside a string");
}

static gsize
scan_digits (Scanner *s)
{
  gsize start = s->at;

  while (s->at < s->size && g_ascii_isdigit (s->text[s->at]))
    s->at++;
  return s->at - start;
}

static gboolean
scan_number (Scanner *s)
{
  gsize digits, first;

  if (s->text[s->at] == '-')
    s->at++;
  first = s->at;
  digits = scan_digits (s);
  if (digits == 0 || (digits > 1 && s->text[first] == '0'))
    return fail (s, "json.number", "holds a malformed number");
  if (digits > MAX_INTEGER_DIGITS)
    return fail (s, "json.number_range", "holds a number that is too large");
  if (s->at < s->size && s->text[s->at] == '.')
    {
      s->at++;
      if (scan_digits (s) == 0)
        return fail (s, "json.number", "holds a malformed number");
    }
  if (s->at < s->size && (s->text[s->at] == 'e' || s->text[s->at] == 'E'))
    {
      gsize start;
      guint64 exponent = 0;

      s->at++;
      if (s->at < s->size && (s->text[s->at] == '+' || s->text[s->at] == '-'))
        s->at++;
      start = s->at;
      if (scan_digits (s) == 0)
        return fail (s, "json.number", "holds a malformed number");
      for (gsize i = start; i < s->at && exponent <= MAX_EXPONENT; i++)
        exponent = exponent * 10 + (s->text[i] - '0');
      if (exponent > MAX_EXPONENT)
        return fail (s, "json.number_range", "holds a number that is too large");
    }
  return TRUE;
}

static gboolean
scan_word (Scanner *s)
{
  static const char *const words[] = { "true", "false", "null" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize n = strlen (words[i]);

      if (s->size - s->at >= n && memcmp (s->text + s->at, words[i], n) == 0)
        {
          s->at += n;
          return TRUE;
        }
    }
  return fail (s, "json.syntax", "holds something that is no value");
}

static gboolean
scan_name (Scanner *s)
{
  g_autoptr(GString) name = g_string_new (NULL);
  Level *level = &s->levels[s->depth - 1];
  guint n;
  gboolean twin = FALSE;

  if (!count_token (s) || !scan_string (s, name))
    return FALSE;
  n = s->names->len - level->first_name;
  if (level->twins == NULL && n >= LINEAR_NAMES)
    {
      level->twins = g_hash_table_new (g_str_hash, g_str_equal);
      for (guint i = level->first_name; i < s->names->len; i++)
        g_hash_table_add (level->twins, s->names->pdata[i]);
    }
  if (level->twins != NULL)
    twin = g_hash_table_contains (level->twins, name->str);
  else
    for (guint i = level->first_name; i < s->names->len && !twin; i++)
      twin = strcmp (s->names->pdata[i], name->str) == 0;
  if (twin)
    return fail (s, "json.duplicate", "names a member twice");
  g_ptr_array_add (s->names, g_string_free (g_steal_pointer (&name), FALSE));
  if (level->twins != NULL)
    g_hash_table_add (level->twins, s->names->pdata[s->names->len - 1]);
  return TRUE;
}

static void
skip_space (Scanner *s)
{
  while (s->at < s->size)
    {
      guint8 c = s->text[s->at];

      if (c != ' ' && c != '\t' && c != '\n' && c != '\r')
        return;
      s->at++;
    }
}

static gboolean
open_level (Scanner *s, gboolean object)
{
  if (s->depth >= s->max_depth)
    {
      armms_error_set (s->error, ARMMS_ERROR_TOO_LARGE, "json.too_deep", "the JSON text is nested more than %u deep", s->max_depth);
      return FALSE;
    }
  s->levels[s->depth++] = (Level) { .object = object, .first_name = s->names->len };
  s->at++;
  return TRUE;
}

static void
close_level (Scanner *s)
{
  Level *level = &s->levels[--s->depth];

  g_clear_pointer (&level->twins, g_hash_table_unref);
  g_ptr_array_set_size (s->names, (int) level->first_name);
  s->at++;
}

/* One token from where the scanner stands; @want moves on. */
static gboolean
scan_token (Scanner *s, Want *want)
{
  guint8 c = s->text[s->at];
  gboolean in_object = s->depth > 0 && s->levels[s->depth - 1].object;

  switch (*want)
    {
    case WANT_NAME_OR_END:
    case WANT_COMMA_OR_END:
    case WANT_VALUE_OR_END:
      if (s->depth > 0 && c == (in_object ? '}' : ']'))
        {
          close_level (s);
          *want = s->depth > 0 ? WANT_COMMA_OR_END : WANT_NOTHING;
          return TRUE;
        }
      if (*want == WANT_COMMA_OR_END)
        {
          if (c != ',')
            return fail (s, "json.syntax", "lacks a comma or an end");
          s->at++;
          *want = in_object ? WANT_NAME : WANT_VALUE;
          return TRUE;
        }
      *want = in_object ? WANT_NAME : WANT_VALUE;
      return scan_token (s, want);
    case WANT_NAME:
      if (c != '"')
        return fail (s, "json.syntax", "lacks a member name");
      if (!scan_name (s))
        return FALSE;
      skip_space (s);
      if (s->at >= s->size || s->text[s->at] != ':')
        return fail (s, "json.syntax", "lacks a colon");
      s->at++;
      *want = WANT_VALUE;
      return TRUE;
    case WANT_VALUE:
      if (!count_token (s))
        return FALSE;
      if (c == '{' || c == '[')
        {
          *want = c == '{' ? WANT_NAME_OR_END : WANT_VALUE_OR_END;
          return open_level (s, c == '{');
        }
      *want = s->depth > 0 ? WANT_COMMA_OR_END : WANT_NOTHING;
      if (c == '"')
        return scan_string (s, NULL);
      if (c == '-' || g_ascii_isdigit (c))
        return scan_number (s);
      return scan_word (s);
    case WANT_NOTHING:
    default:
      return fail (s, "json.trailing", "goes on after its end");
    }
}

gboolean
armms_json_scan (const char *text, gsize size, const ArmmsJsonLimits *limits, GError **error)
{
  Scanner s = { .text = (const guint8 *) text, .size = size, .error = error };
  Want want = WANT_VALUE;
  gboolean good = TRUE;

  s.max_depth = limits != NULL && limits->max_depth > 0 ? limits->max_depth : DEFAULT_DEPTH;
  s.max_tokens = limits != NULL && limits->max_tokens > 0 ? limits->max_tokens : DEFAULT_TOKENS;
  s.levels = g_new0 (Level, s.max_depth);
  s.names = g_ptr_array_new_with_free_func (g_free);

  for (skip_space (&s); good && s.at < s.size; skip_space (&s))
    good = scan_token (&s, &want);
  if (good && want != WANT_NOTHING)
    good = fail (&s, s.tokens == 0 ? "json.empty" : "json.unfinished", s.tokens == 0 ? "is empty" : "ends too early");

  while (s.depth > 0)
    close_level (&s);
  g_ptr_array_unref (s.names);
  g_free (s.levels);
  return good;
}

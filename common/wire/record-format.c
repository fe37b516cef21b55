/* The formats of texts. One row each: how it is checked, and how it is told. */
#include "common/wire/record-private.h"

#include <string.h>

#define CODE_MAX 64
#define EMAIL_MAX 254

/* @text: a letter or digit, then up to @max - 1 of letters, digits and @others. */
static gboolean
is_code_of (const char *text, const char *others, gsize max)
{
  gsize n = strlen (text);

  if (n == 0 || n > max || !g_ascii_isalnum (text[0]))
    return FALSE;
  for (gsize i = 1; i < n; i++)
    if (!g_ascii_isalnum (text[i]) && strchr (others, text[i]) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
is_code (const char *text)
{
  return is_code_of (text, "._-", CODE_MAX);
}

static gboolean
is_employee_no (const char *text)
{
  return is_code_of (text, "._/-", 32);
}

static gboolean
is_login (const char *text)
{
  return is_code_of (text, "._@+-", 100);
}

static gboolean
is_email (const char *text)
{
  const char *at = strchr (text, '@');
  const char *dot = at != NULL ? strrchr (at, '.') : NULL;

  if (at == NULL || at == text || strchr (at + 1, '@') != NULL || dot == NULL || dot == at + 1 || dot[1] == '\0'
      || strlen (text) > EMAIL_MAX || strstr (at, "..") != NULL)
    return FALSE;
  for (const char *c = text; *c != '\0'; c++)
    if ((guchar) *c <= ' ' || *c == 0x7f || strchr ("\"(),:;<>[\\]", *c) != NULL)
      return FALSE;
  return TRUE;
}

static gboolean
is_time_of_day (const char *text)
{
  return strlen (text) == 5 && g_ascii_isdigit (text[0]) && g_ascii_isdigit (text[1]) && text[2] == ':'
         && g_ascii_isdigit (text[3]) && g_ascii_isdigit (text[4])
         && (text[0] < '2' || (text[0] == '2' && text[1] < '4')) && text[3] < '6';
}

static gboolean
is_phone (const char *text)
{
  gsize n = strlen (text);

  return n >= 5 && n <= 30 && strspn (text, "+0123456789 ()-") == n;
}

static gboolean
is_digits (const char *text)
{
  gsize n = strlen (text);

  return n > 0 && strspn (text, "0123456789-") == n && g_ascii_isdigit (text[0]) && g_ascii_isdigit (text[n - 1]);
}

static gboolean
is_sha256 (const char *text)
{
  return strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

static gboolean
is_scope (const char *text)
{
  const char *colon = strchr (text, ':');

  return colon != NULL && colon != text && colon[1] != '\0'
         && strspn (text, "abcdefghijklmnopqrstuvwxyz-") == (gsize) (colon - text)
         && strspn (colon + 1, "abcdefghijklmnopqrstuvwxyz-*") == strlen (colon + 1);
}

static gboolean
is_time_zone (const char *text)
{
  g_autoptr(ArmmsZone) zone = armms_zone_new (text);

  return zone != NULL;
}

static gboolean
is_color (const char *text)
{
  return text[0] == '#' && strlen (text) == 7 && strspn (text + 1, "0123456789abcdefABCDEF") == 6;
}

static const ArmmsFormat formats[] = {
  { "code", "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", is_code, "must be letters, digits, '.', '_' or '-'" },
  { "employee-no", "^[A-Za-z0-9][A-Za-z0-9._/-]{0,31}$", is_employee_no, "must be up to 32 letters, digits, '.', '_', '/' or '-'" },
  { "login", "^[A-Za-z0-9][A-Za-z0-9._@+-]{0,99}$", is_login, "must be letters, digits, '.', '_', '@', '+' or '-'" },
  { "email", "^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", is_email, "must be an e-mail address" },
  { "time-of-day", "^([01][0-9]|2[0-3]):[0-5][0-9]$", is_time_of_day, "must be a time of day like 18:00" },
  { "phone", "^[+0-9 ()-]{5,30}$", is_phone, "must be a telephone number" },
  { "digits", "^[0-9]([0-9-]*[0-9])?$", is_digits, "must be digits, with hyphens between" },
  { "sha256", "^[0-9a-f]{64}$", is_sha256, "must be 64 hexadecimal digits" },
  { "scope", "^[a-z-]+:[a-z*-]+$", is_scope, "must be a scope like hr:read" },
  { "time-zone", "^[A-Za-z][A-Za-z0-9_+/-]*$", is_time_zone, "must be a time zone like Asia/Manila" },
  { "color", "^#[0-9A-Fa-f]{6}$", is_color, "must be a colour like #1a5fb4" },
};

gboolean
armms_format_is_words (const char *format)
{
  return format != NULL && strchr (format, '|') != NULL;
}

gboolean
armms_format_has_word (const char *words, const char *text)
{
  gsize n = strlen (text);

  while (*words != '\0')
    {
      gsize length = strcspn (words, "|");

      if (length == n && strncmp (words, text, n) == 0)
        return TRUE;
      words += length + (words[length] == '|');
    }
  return FALSE;
}

const ArmmsFormat *
armms_format_find (const char *name)
{
  if (name == NULL || armms_format_is_words (name))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (strcmp (formats[i].name, name) == 0)
      return &formats[i];
  g_critical ("no format is called '%s'", name);
  return NULL;
}

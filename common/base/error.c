#include "common/base/error.h"

typedef struct {
  const char *code;   /* interned */
  GPtrArray *fields;  /* owned, nullable, of ArmmsFieldError */
} ArmmsErrorPrivate;

static void armms_error_private_init (ArmmsErrorPrivate *priv);
static void armms_error_private_copy (const ArmmsErrorPrivate *src, ArmmsErrorPrivate *dest);
static void armms_error_private_clear (ArmmsErrorPrivate *priv);

G_DEFINE_EXTENDED_ERROR (ArmmsError, armms_error)

static void
field_error_free (gpointer data)
{
  ArmmsFieldError *field = data;

  g_free (field->field);
  g_free (field->code);
  g_free (field->message);
  g_free (field);
}

static void
add_field (ArmmsErrorPrivate *priv, const char *name, const char *code, char *message)
{
  ArmmsFieldError *field = g_new (ArmmsFieldError, 1);

  if (priv->fields == NULL)
    priv->fields = g_ptr_array_new_with_free_func (field_error_free);
  field->field = g_strdup (name);
  field->code = g_strdup (code);
  field->message = message;
  g_ptr_array_add (priv->fields, field);
}

static void
armms_error_private_init (ArmmsErrorPrivate *priv)
{
  priv->code = g_intern_static_string ("internal");
}

static void
armms_error_private_copy (const ArmmsErrorPrivate *src, ArmmsErrorPrivate *dest)
{
  dest->code = src->code;
  for (guint i = 0; src->fields != NULL && i < src->fields->len; i++)
    {
      const ArmmsFieldError *field = g_ptr_array_index (src->fields, i);
      add_field (dest, field->field, field->code, g_strdup (field->message));
    }
}

static void
armms_error_private_clear (ArmmsErrorPrivate *priv)
{
  g_clear_pointer (&priv->fields, g_ptr_array_unref);
}

static GError *
new_valist (ArmmsErrorKind kind, const char *code, const char *format, va_list args) G_GNUC_PRINTF (3, 0);

static GError *
new_valist (ArmmsErrorKind kind, const char *code, const char *format, va_list args)
{
  GError *error = g_error_new_valist (ARMMS_ERROR, kind, format, args);

  armms_error_get_private (error)->code = g_intern_string (code);
  return error;
}

GError *
armms_error_new (ArmmsErrorKind kind, const char *code, const char *format, ...)
{
  va_list args;
  GError *error;

  va_start (args, format);
  error = new_valist (kind, code, format, args);
  va_end (args);
  return error;
}

void
armms_error_set (GError **error, ArmmsErrorKind kind, const char *code, const char *format, ...)
{
  va_list args;

  if (error == NULL)
    return;
  va_start (args, format);
  g_propagate_error (error, new_valist (kind, code, format, args));
  va_end (args);
}

void
armms_error_add_field (GError **error, const char *field, const char *code, const char *format, ...)
{
  ArmmsErrorPrivate *priv;
  va_list args;
  char *message;

  if (error == NULL)
    return;
  g_return_if_fail (*error == NULL || (*error)->domain == ARMMS_ERROR);
  if (*error == NULL)
    *error = armms_error_new (ARMMS_ERROR_INVALID_INPUT, "request.invalid", "fields are wrong");
  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  priv = armms_error_get_private (*error);
  add_field (priv, field, code, message);
  if (priv->code == g_intern_static_string ("request.invalid"))
    {
      const ArmmsFieldError *first = g_ptr_array_index (priv->fields, 0);
      g_free ((*error)->message);
      (*error)->message = priv->fields->len == 1
                            ? g_strdup_printf ("%s: %s", first->field, first->message)
                            : g_strdup_printf ("%s: %s, and %u more", first->field, first->message, priv->fields->len - 1);
    }
}

const char *
armms_error_get_code (const GError *error)
{
  if (error == NULL || error->domain != ARMMS_ERROR)
    return "internal";
  return armms_error_get_private (error)->code;
}

GPtrArray *
armms_error_get_fields (const GError *error)
{
  if (error == NULL || error->domain != ARMMS_ERROR)
    return NULL;
  return armms_error_get_private (error)->fields;
}

guint
armms_error_get_http_status (const GError *error)
{
  static const guint statuses[] = {
    [ARMMS_ERROR_INVALID_INPUT] = 422,
    [ARMMS_ERROR_MALFORMED] = 400,
    [ARMMS_ERROR_UNAUTHENTICATED] = 401,
    [ARMMS_ERROR_FORBIDDEN] = 403,
    [ARMMS_ERROR_NOT_FOUND] = 404,
    [ARMMS_ERROR_CONFLICT] = 409,
    [ARMMS_ERROR_STALE] = 412,
    [ARMMS_ERROR_PRECONDITION_REQUIRED] = 428,
    [ARMMS_ERROR_TOO_LARGE] = 413,
    [ARMMS_ERROR_RATE_LIMITED] = 429,
    [ARMMS_ERROR_UNAVAILABLE] = 503,
    [ARMMS_ERROR_CANCELLED] = 499,
    [ARMMS_ERROR_INTERNAL] = 500,
    [ARMMS_ERROR_TIMED_OUT] = 504,
  };

  if (error == NULL || error->domain != ARMMS_ERROR || (guint) error->code >= G_N_ELEMENTS (statuses))
    return 500;
  return statuses[error->code];
}

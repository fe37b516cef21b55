#include "server/payroll/payslip/payslip-pdf.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <string.h>

/* Points: 1/72 inch. */
#define PAGE_WIDTH 419.53
#define PAGE_HEIGHT 595.28
#define MARGIN 34.0
#define WIDTH (PAGE_WIDTH - 2 * MARGIN)
#define ROW 12.5
#define LOGO_HEIGHT 34.0
#define FOOT (PAGE_HEIGHT - MARGIN - 14.0)

typedef struct
{
  cairo_t *cairo;
  PangoLayout *layout;
  PangoFontDescription *normal, *bold, *small, *title, *large;
  const ArmmsPayslipDocument *document;
  double y;
  guint page;
} Sheet;

typedef enum
{
  LEFT,
  RIGHT,
} Side;

/* --- words --- */

static const struct
{
  const char *kind;
  const char *heading;
} groups[] = {
  { "earning", "Earnings" },
  { "adjustment", "Corrections of earlier periods" },
  { "benefit", "Allowances and other pay" },
  { "statutory", "Contributions" },
  { "tax", "Tax" },
  { "obligation", "Loans and other deductions" },
  { "employer", "Paid by the employer, not deducted" },
  { "accrual", "Set aside" },
};

static char *
money_text (ArmmsMoney money)
{
  char plain[ARMMS_MONEY_TEXT_SIZE];
  const char *digits = armms_money_format (money, plain);
  GString *text = g_string_new (NULL);
  gsize whole;

  if (*digits == '-')
    {
      g_string_append_unichar (text, 0x2212);
      digits++;
    }
  whole = strlen (digits) - 3;
  for (gsize i = 0; i < whole; i++)
    {
      g_string_append_c (text, digits[i]);
      if (whole - i > 1 && (whole - i) % 3 == 1)
        g_string_append_c (text, ',');
    }
  g_string_append (text, digits + whole);
  return g_string_free (text, FALSE);
}

static char *
hours_text (ArmmsMinutes minutes)
{
  if (minutes.count == 0)
    return g_strdup ("");
  return g_strdup_printf ("%d:%02d", minutes.count / 60, ABS (minutes.count) % 60);
}

static char *
rate_text (const ArmmsPaysheetLine *line)
{
  g_autofree char *amount = NULL;

  if (line->rate.centavos == 0)
    return g_strdup ("");
  amount = money_text (line->rate);
  if (line->rate_minutes.count == 480)
    return g_strdup_printf ("%s / day", amount);
  if (line->rate_minutes.count == 60)
    return g_strdup_printf ("%s / hour", amount);
  return g_steal_pointer (&amount);
}

static char *
multiplier_text (const ArmmsPaysheetLine *line)
{
  char plain[ARMMS_MONEY_TEXT_SIZE];

  if (line->multiplier.millionths == 0)
    return g_strdup ("");
  return g_strdup_printf ("× %s", armms_multiplier_format (line->multiplier, plain));
}

/* --- drawing --- */

static double
put (Sheet *sheet, PangoFontDescription *font, double x, double width, Side side, const char *text)
{
  int w, h;

  pango_layout_set_font_description (sheet->layout, font);
  pango_layout_set_width (sheet->layout, (int) (width * PANGO_SCALE));
  pango_layout_set_ellipsize (sheet->layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_alignment (sheet->layout, side == RIGHT ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
  pango_layout_set_text (sheet->layout, text != NULL ? text : "", -1);
  pango_layout_get_size (sheet->layout, &w, &h);
  cairo_move_to (sheet->cairo, x, sheet->y);
  pango_cairo_show_layout (sheet->cairo, sheet->layout);
  return (double) h / PANGO_SCALE;
}

static void
rule (Sheet *sheet, double thickness, double grey)
{
  cairo_set_source_rgb (sheet->cairo, grey, grey, grey);
  cairo_set_line_width (sheet->cairo, thickness);
  cairo_move_to (sheet->cairo, MARGIN, sheet->y);
  cairo_line_to (sheet->cairo, MARGIN + WIDTH, sheet->y);
  cairo_stroke (sheet->cairo);
  cairo_set_source_rgb (sheet->cairo, 0, 0, 0);
}

static void
foot (Sheet *sheet)
{
  const ArmmsPaysheet *paysheet = sheet->document->paysheet;
  g_autofree char *seal = NULL, *page = g_strdup_printf ("%s · page %u", paysheet->employee_no, sheet->page);

  seal = paysheet->sha256 != NULL ? g_strdup_printf ("Sealed %.16s…", paysheet->sha256) : g_strdup ("Draft: not approved, not sealed");
  sheet->y = FOOT;
  rule (sheet, 0.4, 0.6);
  sheet->y += 3;
  put (sheet, sheet->small, MARGIN, WIDTH / 2, LEFT, seal);
  put (sheet, sheet->small, MARGIN + WIDTH / 2, WIDTH / 2, RIGHT, page);
}

typedef struct
{
  const guint8 *bytes;
  gsize left;
} Png;

static cairo_status_t
on_png_wanted_cb (void *closure, unsigned char *data, unsigned int length)
{
  Png *png = closure;

  if (length > png->left)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (data, png->bytes, length);
  png->bytes += length;
  png->left -= length;
  return CAIRO_STATUS_SUCCESS;
}

/* Returns its width on paper, 0 when there is none that we can draw. */
static double
draw_logo (Sheet *sheet)
{
  Png png = { 0 };
  cairo_surface_t *image;
  double width = 0;

  if (sheet->document->logo_png == NULL)
    return 0;
  png.bytes = g_bytes_get_data (sheet->document->logo_png, &png.left);
  image = cairo_image_surface_create_from_png_stream (on_png_wanted_cb, &png);
  if (cairo_surface_status (image) == CAIRO_STATUS_SUCCESS && cairo_image_surface_get_height (image) > 0)
    {
      double scale = MIN (LOGO_HEIGHT / cairo_image_surface_get_height (image), 110.0 / cairo_image_surface_get_width (image));

      width = cairo_image_surface_get_width (image) * scale;
      cairo_save (sheet->cairo);
      cairo_translate (sheet->cairo, MARGIN, sheet->y);
      cairo_scale (sheet->cairo, scale, scale);
      cairo_set_source_surface (sheet->cairo, image, 0, 0);
      cairo_paint (sheet->cairo);
      cairo_restore (sheet->cairo);
    }
  cairo_surface_destroy (image);
  return width;
}

static void
fact (Sheet *sheet, double x, double width, const char *label, const char *value)
{
  put (sheet, sheet->small, x, 56, LEFT, label);
  put (sheet, sheet->normal, x + 58, width - 58, LEFT, value);
}

static void
head (Sheet *sheet)
{
  const ArmmsPaysheet *paysheet = sheet->document->paysheet;
  char from[ARMMS_DATE_TEXT_SIZE], to[ARMMS_DATE_TEXT_SIZE], paid[ARMMS_DATE_TEXT_SIZE];
  g_autofree char *period = g_strdup_printf ("%s to %s", armms_date_format (paysheet->period_from, from), armms_date_format (paysheet->period_to, to));
  g_autofree char *hours = hours_text (paysheet->worked_minutes);
  g_autofree char *site = g_strdup_printf ("%s%s%s", paysheet->detachment_code != NULL ? paysheet->detachment_code : "",
                                           paysheet->position_code != NULL ? " · " : "", paysheet->position_code != NULL ? paysheet->position_code : "");
  double half = WIDTH / 2, top, logo, side;

  sheet->page++;
  sheet->y = MARGIN;
  top = sheet->y;
  logo = draw_logo (sheet);
  side = logo > 0 ? logo + 10 : 0;
  put (sheet, sheet->title, MARGIN + side, WIDTH - side - 80, LEFT, sheet->document->company);
  put (sheet, sheet->title, MARGIN + WIDTH - 80, 80, RIGHT, "Payslip");
  sheet->y += 17;
  if (sheet->document->address != NULL)
    {
      g_auto (GStrv) lines = g_strsplit (sheet->document->address, "\n", 2);

      for (gsize i = 0; lines[i] != NULL; i++, sheet->y += 9)
        put (sheet, sheet->small, MARGIN + side, WIDTH - side, LEFT, g_strdelimit (lines[i], "\n", ' '));
    }
  sheet->y = MAX (sheet->y, top + (logo > 0 ? LOGO_HEIGHT : 0)) + 6;
  rule (sheet, 1.0, 0.2);
  sheet->y += 5;
  fact (sheet, MARGIN, half - 6, "Employee", paysheet->employee_name);
  fact (sheet, MARGIN + half, half, "Period", period);
  sheet->y += ROW;
  fact (sheet, MARGIN, half - 6, "Number", paysheet->employee_no);
  fact (sheet, MARGIN + half, half, "Pay date", armms_date_is_none (paysheet->pay_date) ? "" : armms_date_format (paysheet->pay_date, paid));
  sheet->y += ROW;
  fact (sheet, MARGIN, half - 6, "Post", site);
  fact (sheet, MARGIN + half, half, "Hours worked", hours);
  sheet->y += ROW + 4;
}

static void
new_page (Sheet *sheet)
{
  foot (sheet);
  cairo_show_page (sheet->cairo);
  head (sheet);
}

static void
need (Sheet *sheet, double height)
{
  if (sheet->y + height > FOOT - 4)
    new_page (sheet);
}

static void
draw_line (Sheet *sheet, const ArmmsPaysheetLine *line)
{
  g_autofree char *hours = hours_text (line->minutes), *rate = rate_text (line), *multiplier = multiplier_text (line);
  g_autofree char *amount = money_text (line->amount), *note = NULL;

  need (sheet, ROW);
  put (sheet, sheet->normal, MARGIN + 6, 146, LEFT, line->title);
  if (line->deferred.centavos != 0 || line->waived.centavos != 0)
    {
      g_autofree char *due = money_text (line->due);

      note = g_strdup_printf ("of %s, the rest %s", due, line->waived.centavos != 0 ? "waived" : "later");
      put (sheet, sheet->small, MARGIN + 154, 130, RIGHT, note);
    }
  else
    {
      put (sheet, sheet->normal, MARGIN + 154, 40, RIGHT, hours);
      put (sheet, sheet->normal, MARGIN + 196, 62, RIGHT, rate);
      put (sheet, sheet->normal, MARGIN + 260, 34, RIGHT, multiplier);
    }
  put (sheet, sheet->normal, MARGIN + WIDTH - 66, 66, RIGHT, amount);
  sheet->y += ROW;
}

static void
draw_total (Sheet *sheet, const char *label, ArmmsMoney money)
{
  g_autofree char *amount = money_text (money);

  need (sheet, ROW + 4);
  rule (sheet, 0.4, 0.6);
  sheet->y += 1.5;
  put (sheet, sheet->bold, MARGIN + 6, WIDTH - 80, LEFT, label);
  put (sheet, sheet->bold, MARGIN + WIDTH - 66, 66, RIGHT, amount);
  sheet->y += ROW + 2;
}

static gboolean
draw_group (Sheet *sheet, const char *kind, const char *heading)
{
  gboolean any = FALSE;

  for (guint i = 0; i < sheet->document->lines->len; i++)
    {
      const ArmmsPaysheetLine *line = g_ptr_array_index (sheet->document->lines, i);

      if (!g_str_equal (line->kind, kind))
        continue;
      if (!any)
        {
          need (sheet, 2 * ROW + 3);
          sheet->y += 3;
          put (sheet, sheet->bold, MARGIN, WIDTH, LEFT, heading);
          sheet->y += ROW;
          any = TRUE;
        }
      draw_line (sheet, line);
    }
  return any;
}

static void
draw_net (Sheet *sheet)
{
  g_autofree char *amount = money_text (sheet->document->paysheet->net);

  need (sheet, 32);
  sheet->y += 4;
  cairo_set_source_rgb (sheet->cairo, 0.93, 0.95, 0.97);
  cairo_rectangle (sheet->cairo, MARGIN, sheet->y, WIDTH, 24);
  cairo_fill (sheet->cairo);
  cairo_set_source_rgb (sheet->cairo, 0, 0, 0);
  sheet->y += 4;
  put (sheet, sheet->large, MARGIN + 6, WIDTH / 2, LEFT, "Net pay");
  put (sheet, sheet->large, MARGIN + WIDTH / 2, WIDTH / 2 - 6, RIGHT, amount);
  sheet->y += 26;
}

static void
draw_document (Sheet *sheet)
{
  const ArmmsPaysheet *paysheet = sheet->document->paysheet;

  sheet->page = 0;
  head (sheet);
  for (gsize i = 0; i < 3; i++)
    draw_group (sheet, groups[i].kind, groups[i].heading);
  draw_total (sheet, "Gross pay", paysheet->gross);
  for (gsize i = 3; i < 6; i++)
    draw_group (sheet, groups[i].kind, groups[i].heading);
  draw_total (sheet, "Deductions", paysheet->deductions);
  draw_net (sheet);
  for (gsize i = 6; i < G_N_ELEMENTS (groups); i++)
    draw_group (sheet, groups[i].kind, groups[i].heading);
  foot (sheet);
  cairo_show_page (sheet->cairo);
}

static cairo_status_t
on_bytes_made_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static gint64
sum_of (const GPtrArray *lines, const char *const *kinds)
{
  gint64 sum = 0;

  for (guint i = 0; i < lines->len; i++)
    {
      const ArmmsPaysheetLine *line = g_ptr_array_index (lines, i);

      if (g_strv_contains (kinds, line->kind))
        sum += line->amount.centavos;
    }
  return sum;
}

gboolean
armms_payslip_adds_up (const ArmmsPaysheet *paysheet, const GPtrArray *lines)
{
  gint64 added = sum_of (lines, (const char *const[]) { "earning", "adjustment", "benefit", NULL });
  gint64 taken = sum_of (lines, (const char *const[]) { "statutory", "tax", "obligation", NULL });

  return added == paysheet->gross.centavos && taken == paysheet->deductions.centavos && added - taken == paysheet->net.centavos;
}

GBytes *
armms_payslip_render (const ArmmsPayslipDocument *documents, gsize n, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface;
  cairo_status_t status;
  Sheet sheet = { 0 };

  for (gsize i = 0; i < n; i++)
    if (!armms_payslip_adds_up (documents[i].paysheet, documents[i].lines))
      {
        armms_error_set (error, ARMMS_ERROR_INTERNAL, "payslip.does_not_add_up", "the payslip of %s: its lines do not add up to its totals",
                         documents[i].paysheet->employee_no);
        return NULL;
      }
  surface = cairo_pdf_surface_create_for_stream (on_bytes_made_cb, bytes, PAGE_WIDTH, PAGE_HEIGHT);
  /* Readable by old programs, and its pages can be counted. */
  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_4);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, "Payslip");
  /* The clock has no business in a document that must come out the same again. */
  if (n > 0 && !armms_date_is_none (documents[0].paysheet->period_to))
    {
      char date[ARMMS_DATE_TEXT_SIZE];
      g_autofree char *made = g_strdup_printf ("%sT00:00:00Z", armms_date_format (documents[0].paysheet->period_to, date));

      cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, made);
      cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_MOD_DATE, made);
    }
  sheet.cairo = cairo_create (surface);
  sheet.layout = pango_cairo_create_layout (sheet.cairo);
  pango_cairo_context_set_resolution (pango_layout_get_context (sheet.layout), 72); /* a point is a point */
  sheet.normal = pango_font_description_from_string ("DejaVu Sans 7.5");
  sheet.bold = pango_font_description_from_string ("DejaVu Sans Bold 7.5");
  sheet.small = pango_font_description_from_string ("DejaVu Sans 6");
  sheet.title = pango_font_description_from_string ("DejaVu Sans Bold 12");
  sheet.large = pango_font_description_from_string ("DejaVu Sans Bold 11");
  for (gsize i = 0; i < n; i++)
    {
      sheet.document = &documents[i];
      draw_document (&sheet);
    }
  pango_font_description_free (sheet.normal);
  pango_font_description_free (sheet.bold);
  pango_font_description_free (sheet.small);
  pango_font_description_free (sheet.title);
  pango_font_description_free (sheet.large);
  g_object_unref (sheet.layout);
  cairo_destroy (sheet.cairo);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      armms_error_set (error, ARMMS_ERROR_INTERNAL, "payslip.not_drawn", "drawing payslips: %s", cairo_status_to_string (status));
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/* One timesheet's worth: the minutes of one post in one period, under the cards and wage orders in force on each day.
 *
 * Law    Labor Code arts. 82-94 (rules/premium, earnings.h); managers and field personnel stand outside of them (art. 82): of their
 *        cells only what takes from the salary counts. Minimum wage earners are exempt per day of work (NIRC s.24(A)(2), RA 9504):
 *        where a wage order or a card changes that within the timesheet, each part is priced by itself. Absences take no more than
 *        the salary. A week's wages bound what may be taken for loss and damage (arts. 114-116, Labor Advisory 11-14).
 * Units  minutes, centavos.
 * Shape  columns in, lines out; a day that cannot be priced is a problem told beside the lines, never a zero.
 */
#pragma once

#include "server/rules/pay/payslip/retro.h"
#include "server/rules/statutory/minimum-wage.h"

G_BEGIN_DECLS

typedef enum {
  ARMMS_POST_PERIOD,     /* of the payslip's own period */
  ARMMS_POST_LATE,       /* of an earlier one, never paid before */
  ARMMS_POST_CORRECTION, /* a later version of what was paid before: only the difference is paid */
} ArmmsPostRole;

/* What all timesheets share. */
typedef struct {
  const ArmmsPremiumTable *premiums;   /* borrowed, as all here */
  const ArmmsMinimumWageTable *wages;
  const char *wage_sector;             /* which rows of a wage order guards fall under */
  gint32 periods_per_year;
} ArmmsPostTerms;

typedef struct {
  ArmmsPostRole role;
  ArmmsId post_id;                     /* of the timesheet: what its versions have in common */
  gint64 version;
  ArmmsPeriod period;
  const ArmmsPayCard *cards;           /* sorted by from; none: every day is a problem */
  gsize n_cards;
  const ArmmsDate *duty_dates;         /* @n entries side by side */
  const gint64 *cells, *minutes;
  gsize n;
  const char *region, *city;           /* nullable */
  gboolean exempt;                     /* manager or field personnel, with a salary */
  ArmmsDate employed_from, employed_to; /* the salary's days; NONE: all of the period */
  const ArmmsRetroEntry *paid;         /* CORRECTION: what was paid for the versions before */
  gsize n_paid;
} ArmmsPost;

typedef enum {
  ARMMS_POST_LINE_EARNING,
  ARMMS_POST_LINE_LIMIT,      /* given back: absences take no more than the salary */
  ARMMS_POST_LINE_DIFFERENCE, /* of a correction */
} ArmmsPostLineKind;

typedef struct {
  ArmmsPostLineKind kind;
  ArmmsPostRole role;
  guint number;               /* of the post among the caller's */
  ArmmsDate period_from;      /* of the timesheet */
  gint64 version;
  gboolean minimum_wage;      /* earned as a minimum wage earner */
  const char *code;
  ArmmsPayClass pay_class;
  gint64 minutes;             /* SALARY and LIMIT: 0 */
  ArmmsMoney amount, basic;
  ArmmsEarningLine earning;   /* EARNING */
  ArmmsMoney salary, absences; /* LIMIT: absences are below 0 */
  ArmmsRetroLine difference;  /* DIFFERENCE */
} ArmmsPostLine;

/* What the last day of the timesheet says of wages. */
typedef struct {
  ArmmsMoney daily;
  ArmmsMinimumWage minimum;   /* its rows NULL: no card, or nobody knows the region */
} ArmmsPostWage;

/* One salary a day, though there be two posts in a period: each pays from its first duty to the day before the next one's.
 * Narrows employed_from and employed_to; @posts' duty dates are sorted. */
void armms_post_share_salary (ArmmsPost *posts, gsize n_posts);

/**
 * armms_post_price:
 * @lines: (element-type ArmmsPostLine): appended
 * @problems: (element-type ArmmsPayProblem): appended; a correction with problems gives no lines
 *
 * Returns: %FALSE with "money.overflow", INVALID_INPUT for a card that cannot be read, or NOT_FOUND "statutory.no_table" when no wage
 *   order is in force in the post's region: who is exempt cannot be told then
 */
gboolean armms_post_price (const ArmmsPostTerms *terms, const ArmmsPost *post, guint number, GArray *lines, GArray *problems,
                           ArmmsPostWage *ret_wage, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Days of work in overtime or at night, each once, of timesheets that were never paid before: for meals given on account of it. */
gint32 armms_post_meal_days (const ArmmsPost *posts, gsize n_posts);

/* Worked minutes of a line. */
gint64 armms_post_line_worked (const ArmmsPostLine *line);

void armms_post_line_trace (const ArmmsPostLine *line, ArmmsTrace *trace);

/* The post where most was worked in the period itself, and its card on the last day (else its last card): the base of
 * PhilHealth and HDMF. (transfer none) (nullable): no post has a card; @ret_number is then untouched. */
const ArmmsPayCard *armms_post_find_principal (const ArmmsPost *posts, gsize n_posts, gsize *ret_number);

/**
 * armms_post_week_wages:
 * @salary: of the period, spread over its calendar days
 * @weeks: (element-type ArmmsMoney): appended: what each calendar week, Monday to Sunday, that @period touches earned
 *
 * Only what the period itself earned: differences of earlier periods are no week's wages.
 */
gboolean armms_post_week_wages (const ArmmsPostTerms *terms, const ArmmsPost *posts, gsize n_posts, ArmmsPeriod period, ArmmsMoney salary,
                                GArray *weeks, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

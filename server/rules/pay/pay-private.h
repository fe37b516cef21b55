/* Inside of pay only: what pricing and its parts hand to one another. */
#pragma once

#include "server/rules/pay/earnings.h"

G_BEGIN_DECLS

#define ARMMS_MONTHS_PER_YEAR 12
#define ARMMS_MILLION 1000000

/* Minutes of one duty date that carry an allowance. */
typedef struct {
  ArmmsDate date;
  const ArmmsPayCard *card;
  const ArmmsPremiumRow *premium; /* NULL: no holiday */
  ArmmsCell cell;                 /* the kind of day: night and rest day put aside */
  gint64 minutes;
} ArmmsColaMinutes;

/* Adds to the line of these minutes, from place @first on, or makes it. */
void armms_earning_line_add (GArray *lines, guint first, const ArmmsEarningLine *minutes);
/* A card pays something: INVALID_INPUT "rate_card.amount". */
gboolean armms_pay_card_check (const ArmmsPayCard *card, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The items from which the price of a minute can be told again. */
void armms_pay_card_trace (const ArmmsPayCard *card, ArmmsTrace *trace);
void armms_pay_problem_add (GArray *problems, guint first, const char *code, ArmmsDate date, ArmmsCell cell);

/* Notes the minutes of an entry that was found priceable, when its card has an allowance. */
void armms_cola_take (const ArmmsPayCard *card, const ArmmsPremiumTable *premiums, ArmmsDate date, ArmmsCell cell, gint64 minutes,
                      GArray *cola, GArray *problems, guint first_problem);
/* Makes lines of what was noted: at most 8 hours a duty date, those of the highest multiple first. Sorts @cola. */
void armms_cola_share (GArray *cola, GArray *lines, guint first);

G_END_DECLS

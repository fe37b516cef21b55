/* Inside of the room only. */
#pragma once

#include "server/benefits/benefits.h"

G_BEGIN_DECLS

ArmmsBenefit *armms_benefits_load (ArmmsWork *work, const ArmmsId *id, GError **error);
/* Asks for a benefit: it is approved by somebody else. @kind: of the route, where the body says none. */
ArmmsBenefit *armms_benefits_create (ArmmsWork *work, const ArmmsBenefit *wanted, const char *kind, GError **error);
ArmmsBenefit *armms_benefits_end (ArmmsWork *work, const ArmmsId *id, gint64 version, const ArmmsBenefitEnd *end, GError **error);

extern const ArmmsRoute armms_benefits_routes[];

G_END_DECLS

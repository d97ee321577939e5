/*
 * One finding in the text report.
 */
#ifndef GORDIAN_TEXT_FINDING_H
#define GORDIAN_TEXT_FINDING_H

#include "text_layout.h"

/* In full, under a number. */
void text_finding(struct text *text, const struct finding *finding, size_t number);

/* In short: the sentence and the fingerprint. */
void text_finding_short(struct text *text, const struct finding *finding);

/* "lock inversion", "data race", … */
const char *text_kind(enum finding_kind kind);

#endif

/* Findings of waits that keep what is needed to end them (holding.h). */
#ifndef GORDIAN_EVENT_HOLDING_TEXT_H
#define GORDIAN_EVENT_HOLDING_TEXT_H

#include "finding.h"
#include "holding.h"

void event_holding_report(struct analysis *analysis, const struct holding_found *found,
			  uint64_t fingerprint, uint64_t instances, struct findings *findings);

#endif

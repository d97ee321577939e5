/* The sentence that says what a lock-order finding is about. */
#ifndef GORDIAN_LOCK_ORDER_TEXT_H
#define GORDIAN_LOCK_ORDER_TEXT_H

#include "finding.h"

/*
 * A sentence for a finding whose steps, locks (each held by the step of the same index, and wanted
 * by the one before it), verdict and reason are set. Steps beyond the locks are writers behind whom
 * a reader waits for a reader. gate: the lock that discharges it, or NO_INDEX. fresh: the lock that
 * may not be known to other threads, or NO_INDEX. unseen: unseen_text. why: what orders the steps
 * (order_text.h), or NULL. The caller frees it.
 */
char *lock_order_text(const struct analysis *analysis, const struct finding *finding, uint32_t gate,
		      uint32_t fresh, const char *unseen, const char *why);

#endif

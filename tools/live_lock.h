/* Locks that no trace has: the kernel says that threads wait for them. */
#ifndef GORDIAN_LIVE_LOCK_H
#define GORDIAN_LIVE_LOCK_H

#include "model.h"

/* Adds one of that kind, first seen at that stack (NO_INDEX: not known). The rest is its caller's
 * to say. */
uint32_t live_lock_add(struct model *model, uint32_t process, enum trace_lock_kind kind,
		       uint32_t stack);

#endif

/* The table of lock kinds: what each family knows about its locks. */
#include "families.h"

#include <gordian/trace_format.h>
#include <stddef.h>

static uint16_t (*const flags_of[])(const void *lock) = {
	[TRACE_LOCK_mutex] = mutex_flags,
	[TRACE_LOCK_rwlock] = rwlock_flags,
	[TRACE_LOCK_semaphore] = semaphore_flags,
};

uint16_t lock_flags(uint16_t kind, const void *lock)
{
	if (kind >= sizeof(flags_of) / sizeof(flags_of[0]) || !flags_of[kind])
		return 0;
	return flags_of[kind](lock);
}

/* Adds to the model. */
#include "live_lock.h"
#include "xalloc.h"

uint32_t live_lock_add(struct model *model, uint32_t process, enum trace_lock_kind kind,
		       uint32_t stack)
{
	model->locks = xreallocarray(model->locks, model->lock_count + 1, sizeof(*model->locks));
	model->locks[model->lock_count] = (struct lock){
		.process = process,
		.kind = kind,
		.created_stack = stack,
		.created_by = NO_INDEX,
		.thread = NO_INDEX,
		.lives = 1,
		.hold_buckets = NO_INDEX,
		.wait_buckets = NO_INDEX,
	};
	return (uint32_t)model->lock_count++;
}

/* Owns the table of handles, and marks what was done with them on the threads' records. */
#include "thread_handles.h"
#include "address_map.h"
#include "recorder.h"
#include "slow.h"

static struct address_map handles; /* pthread_t -> thread record reference */

void thread_handles_put(pthread_t handle, uint32_t ref)
{
	address_map_put(&handles, (uint64_t)handle, ref);
}

void thread_handles_remove(pthread_t handle)
{
	address_map_remove(&handles, (uint64_t)handle);
}

void thread_handles_reset(void)
{
	address_map_clear(&handles);
}

uint32_t threads_behind(pthread_t handle)
{
	return (uint32_t)address_map_get(&handles, (uint64_t)handle);
}

uint32_t thread_find(struct thread *self, pthread_t handle)
{
	struct slow slow;
	uint32_t ref;

	slow_begin(&slow, self);
	ref = threads_behind(handle);
	slow_end(&slow);
	return ref;
}

/* The thread has gone, and so its handle is nobody's, or another one's already. */
static void drop_handle(pthread_t handle, uint32_t ref)
{
	if (threads_behind(handle) == ref)
		thread_handles_remove(handle);
}

void thread_joined(struct thread *self, pthread_t handle, uint32_t ref)
{
	struct trace_thread *record = trace_at(ref);

	record->joined_by = self->ref;
	record->join_epoch = self->epoch + 1;
	record->state |= TRACE_THREAD_JOINED;
	drop_handle(handle, ref);
}

void thread_detached(pthread_t handle, uint32_t ref)
{
	struct trace_thread *record = trace_at(ref);

	record->state |= TRACE_THREAD_DETACHED;
	if (record->state & TRACE_THREAD_ENDED)
		drop_handle(handle, ref);
}

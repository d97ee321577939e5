/* The thread family: who creates, joins, detaches, names whom. The end of a thread: threads.c. */
#include "thread.h"
#include "join.h"

#include <time.h>

/* First in the new thread. `self` was prepared by the creator. */
static void *trampoline(void *argument)
{
	struct thread *self = argument;
	void *(*start)(void *) = self->start;
	void *start_argument = self->argument;

	thread_adopt(self);
	return start(start_argument);
}

static bool created_detached(const pthread_attr_t *attributes)
{
	int state;

	return attributes && pthread_attr_getdetachstate(attributes, &state) == 0 &&
	       state == PTHREAD_CREATE_DETACHED;
}

/* The size of the new thread's stack. */
static size_t stack_size(const pthread_attr_t *attributes)
{
	pthread_attr_t defaults;
	size_t size = 0;

	if (attributes)
		return pthread_attr_getstacksize(attributes, &size) ? 0 : size;
	if (pthread_attr_init(&defaults) == 0) {
		pthread_attr_getstacksize(&defaults, &size);
		pthread_attr_destroy(&defaults);
	}
	return size;
}

bool creation_begin(struct creation *creation, const pthread_attr_t *attributes,
		    void *(*start)(void *), void *argument, const void *site, const void *frame)
{
	struct thread *self = thread_self(), *child;
	struct trace_thread *record;

	child = self && !self->busy ? thread_prepare(self, site, frame) : NULL;
	if (!child)
		return false;
	child->start = start;
	record = trace_at(child->ref);
	record->start_routine = (uintptr_t)start;
	child->argument = argument;
	child->stack_size = stack_size(attributes);
	/* Nobody else knows of it yet: no lock is needed. */
	if (created_detached(attributes))
		record->state |= TRACE_THREAD_DETACHED;
	*creation = (struct creation){self, child, child->ref};
	return true;
}

void creation_end(const struct creation *creation, void *(*start)(void *), int result,
		  const pthread_t *handle)
{
	if (result)
		thread_abandon(creation->self, creation->child);
	else
		thread_created(creation->self, creation->ref, *handle, (void *)(uintptr_t)start);
}

INTERPOSE(pthread_create)
int pthread_create(pthread_t *handle, const pthread_attr_t *attributes, void *(*start)(void *),
		   void *argument)
{
	struct creation creation;
	int result;

	if (!creation_begin(&creation, attributes, start, argument, CALL_SITE, CALL_FRAME))
		return REAL(pthread_create)(handle, attributes, start, argument);
	result = REAL(pthread_create)(handle, attributes, trampoline, creation.child);
	creation_end(&creation, start, result, handle);
	return result;
}

INTERPOSE(pthread_join)
int pthread_join(pthread_t handle, void **value)
{
	JOIN(handle, join, false, REAL(pthread_join)(handle, value));
}

INTERPOSE(pthread_tryjoin_np)
int pthread_tryjoin_np(pthread_t handle, void **value)
{
	GIVE_UP(handle, TRACE_ACT_tryjoin, !value, REAL(pthread_tryjoin_np)(handle, value));
}

INTERPOSE(pthread_timedjoin_np)
int pthread_timedjoin_np(pthread_t handle, void **value, const struct timespec *until)
{
	JOIN(handle, timedjoin, !value, REAL(pthread_timedjoin_np)(handle, value, until));
}

INTERPOSE(pthread_clockjoin_np)
int pthread_clockjoin_np(pthread_t handle, void **value, clockid_t clock,
			 const struct timespec *until)
{
	JOIN(handle, clockjoin, !value, REAL(pthread_clockjoin_np)(handle, value, clock, until));
}

INTERPOSE(pthread_detach)
int pthread_detach(pthread_t handle)
{
	GIVE_UP(handle, TRACE_ACT_detach, false, REAL(pthread_detach)(handle));
}

/* From now on the thread may be ended anywhere: what blocks signals keeps that out, too. */
INTERPOSE(pthread_setcanceltype)
int pthread_setcanceltype(int type, int *old)
{
	if (type == PTHREAD_CANCEL_ASYNCHRONOUS && !recorder_in_vfork_child())
		slow_expect(SLOW_INTERRUPTS);
	return REAL(pthread_setcanceltype)(type, old);
}

INTERPOSE(pthread_setname_np)
int pthread_setname_np(pthread_t handle, const char *name)
{
	int result = REAL(pthread_setname_np)(handle, name);
	struct thread *self = thread_self();
	uint32_t ref;

	if (result || !self || self->busy)
		return result;
	ref = pthread_equal(handle, pthread_self()) ? self->ref : thread_find(self, handle);
	if (ref)
		thread_named(self, ref, name);
	return 0;
}

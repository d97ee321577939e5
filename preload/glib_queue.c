/*
 * GLib's GAsyncQueue: a lock, which the program may take itself, and items. Who gets one comes
 * after whoever put it there: to the analysis the items are a semaphore that begins at 0 and only
 * orders, each push a post, and each item that is got a unit that is taken.
 *
 * Facts used of GLib (2.36 to 2.84): a GAsyncQueue begins with its GMutex, and the condition that
 * is waited for lies behind that; the items are known by the latter's address. Then comes a GQueue,
 * whose first pointer is NULL while there are none; that is used as a guess only. A GAsyncQueue is
 * freed by the function that everybody frees with, which ends both lives.
 *
 * A call with "unlocked" in its name is made with the lock held, and a wait in it gives that up
 * meanwhile, like one for a condition.
 */
#include "acquire.h"
#include "glib_misuse.h"
#include "locks.h"
#include "sync.h"
#include "wakes.h"

#define GLIB "libglib-2.0.so.0"

enum { MUTEX_SIZE = 8, COND_SIZE = 16 };

void *g_async_queue_new(void);
void *g_async_queue_new_full(void (*destroy)(void *item));
int g_async_queue_lock(void *queue);
int g_async_queue_unlock(void *queue);
int g_async_queue_unref_and_unlock(void *queue);
int g_async_queue_push(void *queue, void *item);
int g_async_queue_push_unlocked(void *queue, void *item);
int g_async_queue_push_front(void *queue, void *item);
int g_async_queue_push_front_unlocked(void *queue, void *item);
int g_async_queue_push_sorted(void *queue, void *item, void *compare, void *data);
int g_async_queue_push_sorted_unlocked(void *queue, void *item, void *compare, void *data);
void *g_async_queue_pop(void *queue);
void *g_async_queue_pop_unlocked(void *queue);
void *g_async_queue_try_pop(void *queue);
void *g_async_queue_try_pop_unlocked(void *queue);
void *g_async_queue_timeout_pop(void *queue, uint64_t limit);
void *g_async_queue_timeout_pop_unlocked(void *queue, uint64_t limit);
void *g_async_queue_timed_pop(void *queue, void *end_time);
void *g_async_queue_timed_pop_unlocked(void *queue, void *end_time);
int g_async_queue_remove(void *queue, void *item);
int g_async_queue_remove_unlocked(void *queue, void *item);

static inline const void *items_of(const void *queue)
{
	return (const char *)queue + MUTEX_SIZE;
}

static bool is_empty(const void *queue)
{
	const char *first = (const char *)queue + MUTEX_SIZE + COND_SIZE;

	return !__atomic_load_n((void *const *)(const void *)first, __ATOMIC_RELAXED);
}

static void *created(void *queue, const void *site, const void *frame)
{
	struct thread *self = thread_self();
	struct slow slow;

	if (!queue || !self || self->busy)
		return queue;
	slow_begin(&slow, self);
	locks_init(self, queue, TRACE_LOCK_mutex, stacks_at(self, site, frame));
	locks_init(self, items_of(queue), TRACE_LOCK_semaphore, stacks_at(self, site, frame));
	locks_set_ordering(self, items_of(queue));
	locks_set_amount(items_of(queue), 0 + 1);
	slow_end(&slow);
	return queue;
}

INTERPOSE_OF(g_async_queue_new, GLIB)
void *g_async_queue_new(void)
{
	return created(REAL(g_async_queue_new)(), CALL_SITE, CALL_FRAME);
}

INTERPOSE_OF(g_async_queue_new_full, GLIB)
void *g_async_queue_new_full(void (*destroy)(void *item))
{
	return created(REAL(g_async_queue_new_full)(destroy), CALL_SITE, CALL_FRAME);
}

/* Its lock */

INTERPOSE_OF(g_async_queue_lock, GLIB)
int g_async_queue_lock(void *queue)
{
	ACQUIRE(queue, g_async_queue_lock, glib_mutex_taken(queue), true,
		(REAL(g_async_queue_lock)(queue), 0));
}

INTERPOSE_OF(g_async_queue_unlock, GLIB)
int g_async_queue_unlock(void *queue)
{
	RELEASE(queue, true, REAL(g_async_queue_unlock)(queue));
}

INTERPOSE_OF(g_async_queue_unref_and_unlock, GLIB)
int g_async_queue_unref_and_unlock(void *queue)
{
	RELEASE(queue, true, REAL(g_async_queue_unref_and_unlock)(queue));
}

/* Putting items there */

static void note_push(const void *queue, const void *site, const void *frame)
{
	sync_note(thread_self(), &(struct sync){
					 .object = items_of(queue),
					 .site = site,
					 .frame = frame,
					 .kind = TRACE_EVENT_posted,
					 .lock = TRACE_LOCK_semaphore,
					 .act = TRACE_ACT_g_async_queue_push,
				 });
}

/* Recorded first: afterwards the queue may be gone. */
#define PUSH(queue_, call) \
	do { \
		note_push(queue_, CALL_SITE, CALL_FRAME); \
		WAKES_AFTER(items_of(queue_), true, call); \
	} while (0)

INTERPOSE_OF(g_async_queue_push, GLIB)
int g_async_queue_push(void *queue, void *item)
{
	PUSH(queue, REAL(g_async_queue_push)(queue, item));
}

INTERPOSE_OF(g_async_queue_push_unlocked, GLIB)
int g_async_queue_push_unlocked(void *queue, void *item)
{
	PUSH(queue, REAL(g_async_queue_push_unlocked)(queue, item));
}

INTERPOSE_OF(g_async_queue_push_front, GLIB)
int g_async_queue_push_front(void *queue, void *item)
{
	PUSH(queue, REAL(g_async_queue_push_front)(queue, item));
}

INTERPOSE_OF(g_async_queue_push_front_unlocked, GLIB)
int g_async_queue_push_front_unlocked(void *queue, void *item)
{
	PUSH(queue, REAL(g_async_queue_push_front_unlocked)(queue, item));
}

INTERPOSE_OF(g_async_queue_push_sorted, GLIB)
int g_async_queue_push_sorted(void *queue, void *item, void *compare, void *data)
{
	PUSH(queue, REAL(g_async_queue_push_sorted)(queue, item, compare, data));
}

INTERPOSE_OF(g_async_queue_push_sorted_unlocked, GLIB)
int g_async_queue_push_sorted_unlocked(void *queue, void *item, void *compare, void *data)
{
	PUSH(queue, REAL(g_async_queue_push_sorted_unlocked)(queue, item, compare, data));
}

/* Getting items */

/* A call on its way that may wait. */
struct getting {
	struct thread *self; /* NULL: nothing to record */
	struct acquire item, again;
	struct outer_wait outer;
	uint64_t begun; /* 0: it need not wait, as far as can be seen */
	bool unlocks;	/* the lock of the queue, meanwhile */
};

static void begin(struct getting *getting)
{
	struct thread *self = thread_self();

	getting->self = self && self->busy < THREAD_RECORDER ? self : NULL;
	if (!getting->self)
		return;
	if (getting->unlocks)
		getting->unlocks = tree_release(self, getting->again.lock);
	wait_enter(self, getting->item.frame, &getting->outer);
	self->held->want = (uintptr_t)getting->item.lock;
	if (is_empty(getting->again.lock))
		getting->begun = wait_begin(self, &getting->item);
}

static void end(const struct getting *getting, bool got)
{
	struct thread *self = getting->self;

	if (!self)
		return;
	if (getting->begun)
		wait_end(self, getting->begun);
	wait_leave(self, &getting->outer);
	/* Who waits for a bounded time goes on without, too, for all that is known. */
	if (got && getting->item.op != TRACE_OP_g_async_queue_timeout_pop)
		sync_note_at(self, &getting->item, TRACE_EVENT_taken, TRACE_LOCK_semaphore);
	if (getting->unlocks)
		tree_acquire(self, &getting->again, 0);
}

#define GET(queue_, op_, unlocks_, call) \
	do { \
		struct getting getting = { \
			.item = ACQUIRE_HERE(items_of(queue_), op_), \
			.again = ACQUIRE_HERE(queue_, g_cond_wait), \
			.unlocks = (unlocks_), \
		}; \
		void *item; \
		begin(&getting); \
		item = call; \
		end(&getting, item != NULL); \
		return item; \
	} while (0)

INTERPOSE_OF(g_async_queue_pop, GLIB)
void *g_async_queue_pop(void *queue)
{
	GET(queue, g_async_queue_pop, false, REAL(g_async_queue_pop)(queue));
}

INTERPOSE_OF(g_async_queue_pop_unlocked, GLIB)
void *g_async_queue_pop_unlocked(void *queue)
{
	GET(queue, g_async_queue_pop, true, REAL(g_async_queue_pop_unlocked)(queue));
}

INTERPOSE_OF(g_async_queue_timeout_pop, GLIB)
void *g_async_queue_timeout_pop(void *queue, uint64_t limit)
{
	GET(queue, g_async_queue_timeout_pop, false, REAL(g_async_queue_timeout_pop)(queue, limit));
}

INTERPOSE_OF(g_async_queue_timeout_pop_unlocked, GLIB)
void *g_async_queue_timeout_pop_unlocked(void *queue, uint64_t limit)
{
	GET(queue, g_async_queue_timeout_pop, true,
	    REAL(g_async_queue_timeout_pop_unlocked)(queue, limit));
}

/* Without a time it waits for ever; that is not believed either. */
INTERPOSE_OF(g_async_queue_timed_pop, GLIB)
void *g_async_queue_timed_pop(void *queue, void *end_time)
{
	GET(queue, g_async_queue_timeout_pop, false,
	    REAL(g_async_queue_timed_pop)(queue, end_time));
}

INTERPOSE_OF(g_async_queue_timed_pop_unlocked, GLIB)
void *g_async_queue_timed_pop_unlocked(void *queue, void *end_time)
{
	GET(queue, g_async_queue_timeout_pop, true,
	    REAL(g_async_queue_timed_pop_unlocked)(queue, end_time));
}

/* Without a wait. */
#define TRY_GET(queue_, op_, type, call) \
	do { \
		const struct acquire acquire = ACQUIRE_HERE(items_of(queue_), op_); \
		type result = call; \
		if (result) \
			sync_note_at(thread_self(), &acquire, TRACE_EVENT_taken, \
				     TRACE_LOCK_semaphore); \
		return result; \
	} while (0)

INTERPOSE_OF(g_async_queue_try_pop, GLIB)
void *g_async_queue_try_pop(void *queue)
{
	TRY_GET(queue, g_async_queue_try_pop, void *, REAL(g_async_queue_try_pop)(queue));
}

INTERPOSE_OF(g_async_queue_try_pop_unlocked, GLIB)
void *g_async_queue_try_pop_unlocked(void *queue)
{
	TRY_GET(queue, g_async_queue_try_pop, void *, REAL(g_async_queue_try_pop_unlocked)(queue));
}

INTERPOSE_OF(g_async_queue_remove, GLIB)
int g_async_queue_remove(void *queue, void *item)
{
	TRY_GET(queue, g_async_queue_remove, int, REAL(g_async_queue_remove)(queue, item));
}

INTERPOSE_OF(g_async_queue_remove_unlocked, GLIB)
int g_async_queue_remove_unlocked(void *queue, void *item)
{
	TRY_GET(queue, g_async_queue_remove, int, REAL(g_async_queue_remove_unlocked)(queue, item));
}

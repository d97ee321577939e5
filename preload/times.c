/* Owns the records of how long locks were held and waited for. */
#include "times.h"

#include "again.h"
#include "options.h"

static unsigned bucket_of(uint64_t ticks)
{
	unsigned bucket = ticks ? 63 - (unsigned)__builtin_clzll(ticks) : 0;

	return bucket < TRACE_BUCKETS ? bucket : TRACE_BUCKETS - 1;
}

/*
 * What two holds took is known from their sum and the longer one. So a histogram is made for the
 * third, with those two in it: most locks of a big program are never held that often. A program
 * with a million locks that are gets no more of them than fit beside the locks.
 */
enum { EXACT = 2, MOST_HISTOGRAMS = 1 << 16 };

static uint32_t histograms; /* changed under the recorder's lock */

static struct trace_histogram *make_histogram(struct thread *self, struct trace_lock *lock)
{
	struct trace_histogram *histogram = NULL;
	struct slow slow;

	slow_begin(&slow, self);
	if (!lock->hold_histogram) {
		histogram = trace_alloc(&recorder_cursor, TRACE_TYPE_histogram, sizeof(*histogram));
		if (histogram) {
			__atomic_store_n(&histograms, histograms + 1, __ATOMIC_RELAXED);
			histogram->lock = trace_ref(lock);
			histogram->buckets[bucket_of(lock->hold_max)]++;
			histogram->buckets[bucket_of(lock->hold_total - lock->hold_max)]++;
			trace_commit(&recorder_cursor, histogram);
			lock->hold_histogram = trace_ref(histogram);
		}
	}
	slow_end(&slow);
	return histogram;
}

/*
 * Still before the real unlock, so an exclusive lock's own critical section protects its record;
 * shared holds may collide, hence atomics. A sample only, so they cost nothing that counts.
 */
void times_add_hold(struct thread *self, const struct trace_held_entry *entry)
{
	uint64_t ticks = ticks_now() - entry->since;
	const struct trace_node *node = trace_at(entry->node);
	struct trace_histogram *histogram;
	struct trace_lock *lock;

	if (unlikely(self->asked.open))
		again_released(self, entry);
	/* It was not timed: tree.h, hold_mark. */
	if (!node || entry->since & 1 || options.hold == OPTION_HOLD_OFF)
		return;
	lock = trace_at(node->lock);
	histogram = trace_at(lock->hold_histogram);
	if (!histogram && lock->hold_samples >= EXACT &&
	    __atomic_load_n(&histograms, __ATOMIC_RELAXED) < MOST_HISTOGRAMS)
		histogram = make_histogram(self, lock);
	__atomic_fetch_add(&lock->hold_samples, 1, __ATOMIC_RELAXED);
	__atomic_fetch_add(&lock->hold_total, ticks, __ATOMIC_RELAXED);
	if (ticks > lock->hold_max)
		__atomic_store_n(&lock->hold_max, ticks, __ATOMIC_RELAXED);
	if (histogram)
		__atomic_fetch_add(&histogram->buckets[bucket_of(ticks)], 1, __ATOMIC_RELAXED);
}

static struct trace_wait *make_wait(struct thread *self, struct trace_node *node)
{
	struct trace_wait *wait;
	struct slow slow;

	slow_begin(&slow, self);
	wait = trace_alloc(&recorder_cursor, TRACE_TYPE_wait, sizeof(*wait));
	if (wait) {
		wait->node = trace_ref(node);
		wait->stack = node->stack;
		trace_commit(&recorder_cursor, wait);
		node->wait = trace_ref(wait);
	}
	slow_end(&slow);
	return wait;
}

void times_expect_wait(struct thread *self, struct trace_node *node)
{
	if (!node->wait)
		make_wait(self, node);
}

void times_add_wait(struct thread *self, struct trace_node *node, uint64_t ticks)
{
	struct trace_wait *wait = node->wait ? trace_at(node->wait) : make_wait(self, node);

	if (!wait)
		return;
	wait->count++;
	wait->total += ticks;
	if (ticks > wait->max)
		wait->max = ticks;
	wait->buckets[bucket_of(ticks)]++;
}

/* Owns what a thread remembers of the last time that it was refused a lock. */
#include "again.h"

#include "families.h"
#include "trials.h"

/* Who asks once more may do so just once: from so many times on it asks until it gets the lock. */
enum { ENOUGH = 2 };

/* How many of its outermost locks the thread has held ever since. */
static uint32_t held_on(const struct thread *self)
{
	const struct asked *asked = &self->asked;
	uint32_t depth = thread_depth(self), kept = 0;

	while (kept < depth && kept < asked->count &&
	       hold_is(&self->entries[kept], &asked->holds[kept]))
		kept++;
	return kept;
}

/* It goes on without the lock. */
static void give_up(struct asked *asked)
{
	if (asked->open && asked->record)
		asked->record->abandoned++;
	asked->open = false;
}

/* Under so many of what it holds. In each epoch it is counted once, so that it is known when. */
static struct trace_trial *find_record(struct thread *self, const struct acquire *acquire,
				       uint32_t kept)
{
	struct trace_node *node = tree_asked(self, acquire, kept);
	struct trace_trial *record = node ? trials_record(self, node) : NULL;
	uint64_t count;

	if (!record || (node->count && node->last_epoch == self->epoch))
		return record;
	count = node->count;
	tree_count(self, node);
	record->asked += node->count != count;
	return record;
}

static void note_again(struct thread *self, const struct acquire *acquire, uint32_t kept)
{
	struct asked *asked = &self->asked;

	if (++asked->again < ENOUGH)
		return;
	if (!asked->record || asked->kept != kept || asked->site != acquire->site) {
		asked->record = find_record(self, acquire, kept);
		asked->kept = kept;
		asked->site = acquire->site;
	}
	if (asked->record)
		asked->record->waited++;
}

/* From now on it is known of all that the thread holds whether it goes on holding that. */
static void remember(struct thread *self, const void *lock, uint32_t kept)
{
	struct asked *asked = &self->asked;
	uint32_t depth = thread_depth(self);

	if (depth > THREAD_ASKED)
		depth = THREAD_ASKED;
	for (uint32_t i = kept; i < depth; i++)
		asked->holds[i] = hold_mark(&self->entries[i]);
	asked->count = depth;
	asked->lock = lock;
	/* Last: a signal handler may have been refused, too. */
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
	asked->open = true;
}

void again_refused(struct thread *self, const struct acquire *acquire)
{
	struct asked *asked = &self->asked;
	uint32_t kept = asked->open && asked->lock == acquire->lock ? held_on(self) : 0;

	if (self->busy || tree_holds(self, acquire->lock))
		return;
	if (kept) {
		asked->open = false;
		note_again(self, acquire, kept);
	} else {
		give_up(asked);
		asked->record = NULL;
		asked->again = 0;
	}
	if (thread_depth(self))
		remember(self, acquire->lock, kept);
}

void again_got_slowly(struct thread *self, uint16_t op)
{
	if (op_waits_on(op))
		give_up(&self->asked);
	self->asked.open = false;
}

void again_released(struct thread *self, const struct trace_held_entry *entry)
{
	struct asked *asked = &self->asked;

	if (asked->open && asked->count && hold_is(entry, &asked->holds[0]))
		give_up(asked);
}

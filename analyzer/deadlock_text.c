/* Words for circles of waits. */
#include "deadlock_text.h"

#include <stdio.h>
#include <string.h>

/* Longer circles are told by their first waits and their length. */
#define TOLD_STEPS 4u
/* Threads that are stuck behind a circle are named up to this many. */
#define NAMED_THREADS 3u

struct teller {
	struct names *names;
	const struct wait_graph *graph;
	FILE *out;
};

static const struct waiter *waiter_at(const struct teller *teller, uint32_t index)
{
	return &teller->graph->waiters[index];
}

static const char *thread_name(const struct teller *teller, uint32_t waiter)
{
	return names_thread(teller->names, waiter_at(teller, waiter)->thread);
}

static const char *lock_name(const struct teller *teller, uint32_t lock)
{
	return lock == NO_INDEX ? "a lock" : names_lock(teller->names, lock);
}

static bool by_another_file(const struct teller *teller, const struct waiter *waiter)
{
	uint32_t lock = waiter_wanted(waiter);

	return lock != NO_INDEX && teller->graph->model->locks[lock].kind == TRACE_LOCK_file;
}

/* "waits for b, which second holds" */
static void tell_wait(const struct teller *teller, uint32_t from, uint32_t to)
{
	const struct waiter *waiter = waiter_at(teller, from), *holder = waiter_at(teller, to);
	const char *other = from == to ? "it" : thread_name(teller, to);
	const char *lock = lock_name(teller, waiter_wanted(waiter));
	bool shared = op_flags(waiter->op) & TRACE_OP_SHARED;
	uint32_t node;

	if (waiter->target != NO_INDEX) {
		fprintf(teller->out, "waits for the end of %s", other);
		return;
	}
	if (waiter->mutex != NO_INDEX)
		fprintf(teller->out, "waits on %s, and to go on needs %s",
			lock_name(teller, waiter->lock), lock);
	else
		fprintf(teller->out, "waits %s%s",
			op_kind(waiter->op) != TRACE_LOCK_rwlock ? "for "
			: shared				 ? "to read under "
								 : "to write under ",
			lock);
	node = waiter_hold(teller->graph, holder, waiter_wanted(waiter));
	if (node == NO_INDEX)
		fprintf(teller->out, ", behind %s", other);
	else
		fprintf(teller->out, ", which %s %s%s", other,
			op_flags(teller->graph->model->nodes[node].op) & TRACE_OP_SHARED ? "reads"
											 : "holds",
			from != to			  ? ""
			: by_another_file(teller, waiter) ? " itself, through another open file"
							  : " itself");
}

static void tell_stuck(const struct teller *teller, const struct wait_cycle *cycle)
{
	if (!cycle->stuck_count)
		return;
	fputs(" (stuck behind ", teller->out);
	fputs(cycle->count == 1 ? "it: " : "them: ", teller->out);
	for (uint32_t i = 0; i < cycle->stuck_count && i < NAMED_THREADS; i++)
		fprintf(teller->out, "%s%s", i ? ", " : "", thread_name(teller, cycle->stuck[i]));
	if (cycle->stuck_count > NAMED_THREADS)
		fprintf(teller->out, " and %u more", cycle->stuck_count - NAMED_THREADS);
	fputs(")", teller->out);
}

static void tell_circle(const struct teller *teller, const struct wait_cycle *cycle)
{
	uint32_t told = cycle->count > TOLD_STEPS ? TOLD_STEPS - 1 : cycle->count;

	for (uint32_t i = 0; i < told; i++) {
		if (i)
			fputs(i + 1 == cycle->count ? ", and " : ", ", teller->out);
		fprintf(teller->out, "%s ", thread_name(teller, cycle->waiters[i]));
		tell_wait(teller, cycle->waiters[i], cycle->waiters[(i + 1) % cycle->count]);
	}
	if (told < cycle->count)
		fprintf(teller->out, ", and so on round %u threads back to %s", cycle->count,
			thread_name(teller, cycle->waiters[0]));
	if (cycle->count == 1)
		fputs(", and so for ever", teller->out);
	else
		fprintf(teller->out, ": %s of them can ever go on",
			cycle->count == 2 ? "neither" : "none");
}

char *deadlock_text(struct names *names, const struct wait_graph *graph,
		    const struct wait_cycle *cycle, bool past)
{
	struct teller teller = {names, graph, NULL};
	size_t size;
	char *text;

	teller.out = open_memstream(&text, &size);
	tell_circle(&teller, cycle);
	tell_stuck(&teller, cycle);
	if (past)
		fputs(" by itself; something from outside did end it", teller.out);
	fputc('.', teller.out);
	fclose(teller.out);
	return text;
}

/* Words for circles of waits. */
#include "deadlock_text.h"

#include <stdio.h>
#include <string.h>

#include "wait_step.h"

/* Longer circles are told by their first waits and their length. */
#define TOLD_STEPS 4u
/* Threads that are stuck behind a circle are named up to this many. */
#define NAMED_THREADS 3u

struct teller {
	struct names *names;
	const struct wait_graph *graph;
	bool apart; /* of several processes */
	FILE *out;
};

static const struct waiter *waiter_at(const struct teller *teller, uint32_t index)
{
	return &teller->graph->waiters[index];
}

static void tell_thread(const struct teller *teller, uint32_t waiter)
{
	wait_tell_thread(teller->out, teller->names, teller->graph->model,
			 waiter_at(teller, waiter)->thread, teller->apart);
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

static uint32_t pid_of(const struct teller *teller, uint32_t waiter)
{
	const struct model *model = teller->graph->model;

	return model->processes[model->threads[waiter_at(teller, waiter)->thread].process].pid;
}

/* ", which second holds" */
static void tell_holder(const struct teller *teller, uint32_t from, uint32_t to)
{
	const struct waiter *waiter = waiter_at(teller, from), *holder = waiter_at(teller, to);
	const struct model *model = teller->graph->model;
	uint32_t node = waiter_hold(teller->graph, holder, waiter_wanted(waiter));

	if (node == NO_INDEX && op_kind(waiter->op) == TRACE_LOCK_file) {
		fprintf(teller->out, ", which process %u has locked", pid_of(teller, to));
		return;
	}
	fputs(node == NO_INDEX ? ", behind " : ", which ", teller->out);
	if (from == to)
		fputs("it", teller->out);
	else
		tell_thread(teller, to);
	if (node == NO_INDEX)
		return;
	fputs(op_flags(model->nodes[node].op) & TRACE_OP_SHARED ? " reads" : " holds", teller->out);
	if (from == to)
		fputs(by_another_file(teller, waiter) ? " itself, through another open file"
						      : " itself",
		      teller->out);
}

/* "waits for b, which second holds" */
static void tell_wait(const struct teller *teller, uint32_t from, uint32_t to)
{
	const struct waiter *waiter = waiter_at(teller, from);
	const char *lock = lock_name(teller, waiter_wanted(waiter));
	bool shared = op_flags(waiter->op) & TRACE_OP_SHARED;

	if (waiter->target != NO_INDEX) {
		fputs("waits for the end of ", teller->out);
		tell_thread(teller, to);
		return;
	}
	if (op_kind(waiter->op) == TRACE_LOCK_process) {
		fprintf(teller->out, "waits for the end of process %u", pid_of(teller, to));
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
	tell_holder(teller, from, to);
}

static void tell_stuck(const struct teller *teller, const struct wait_cycle *cycle)
{
	if (!cycle->stuck_count)
		return;
	fputs(" (stuck behind ", teller->out);
	fputs(cycle->count == 1 ? "it: " : "them: ", teller->out);
	for (uint32_t i = 0; i < cycle->stuck_count && i < NAMED_THREADS; i++) {
		fputs(i ? ", " : "", teller->out);
		tell_thread(teller, cycle->stuck[i]);
	}
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
		tell_thread(teller, cycle->waiters[i]);
		fputc(' ', teller->out);
		tell_wait(teller, cycle->waiters[i], cycle->waiters[(i + 1) % cycle->count]);
	}
	if (told < cycle->count) {
		fprintf(teller->out, ", and so on round %u threads back to ", cycle->count);
		tell_thread(teller, cycle->waiters[0]);
	}
	if (cycle->count == 1)
		fputs(", and so for ever", teller->out);
	else
		fprintf(teller->out, ": %s of them can ever go on",
			cycle->count == 2 ? "neither" : "none");
}

static bool are_apart(const struct wait_graph *graph, const struct wait_cycle *cycle)
{
	const struct waiter *waiters = graph->waiters;

	if (waiters_apart(graph, cycle->waiters, cycle->count) ||
	    waiters_apart(graph, cycle->stuck, cycle->stuck_count))
		return true;
	return cycle->stuck_count && threads_apart(graph->model, waiters[cycle->waiters[0]].thread,
						   waiters[cycle->stuck[0]].thread);
}

char *deadlock_text(struct names *names, const struct wait_graph *graph,
		    const struct wait_cycle *cycle, bool past)
{
	struct teller teller = {.names = names, .graph = graph};
	size_t size;
	char *text;

	teller.apart = are_apart(graph, cycle);
	teller.out = open_memstream(&text, &size);
	tell_circle(&teller, cycle);
	tell_stuck(&teller, cycle);
	if (past)
		fputs(" by itself; something from outside did end it", teller.out);
	fputc('.', teller.out);
	fclose(teller.out);
	return text;
}

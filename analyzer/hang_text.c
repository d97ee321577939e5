/* Words for waits without an end. */
#include "hang_text.h"

#include <stdio.h>
#include <string.h>

#include "place.h"
#include "wait_step.h"

/* Waits that are told one by one. */
#define TOLD_WAITS 3u
/* Threads that are stuck behind them are named up to this many. */
#define NAMED_THREADS 3u

struct teller {
	struct names *names;
	const struct wait_graph *graph;
	const struct hang *hang;
	bool apart; /* of several processes */
	FILE *out;
};

static const struct waiter *waiter_at(const struct teller *teller, uint32_t index)
{
	return &teller->graph->waiters[teller->hang->waiters[index]];
}

static void tell_thread(const struct teller *teller, const struct waiter *waiter)
{
	wait_tell_thread(teller->out, teller->names, teller->graph->model, waiter->thread,
			 teller->apart);
}

/* What is missing to end a wait of that kind. */
static const char *missing(enum trace_lock_kind kind)
{
	switch (kind) {
	case TRACE_LOCK_condition:
		return "which nobody is left to signal";
	case TRACE_LOCK_semaphore:
		return "which nobody is left to post";
	case TRACE_LOCK_barrier:
		return "to which nobody else is left to come";
	case TRACE_LOCK_futex:
		return "which nobody is left to wake";
	case TRACE_LOCK_process:
		return "whose threads all wait as well";
	default:
		return "which nobody is left to release";
	}
}

static const char *waits(enum trace_lock_kind kind)
{
	if (kind == TRACE_LOCK_condition || kind == TRACE_LOCK_futex)
		return "waits on";
	if (kind == TRACE_LOCK_process)
		return "waits for the end of";
	return kind == TRACE_LOCK_barrier ? "waits at" : "waits for";
}

static void tell_orphan(const struct teller *teller)
{
	const struct orphan *orphan = &teller->hang->orphan;
	const char *name =
		orphan->thread == NO_INDEX ? NULL : names_thread(teller->names, orphan->thread);
	const char *place =
		orphan->stack == NO_INDEX ? NULL : names_place_text(teller->names, orphan->stack);

	switch (orphan->reason) {
	case ORPHAN_THREAD_ENDED:
		fprintf(teller->out, "which %s held when it ended", name ? name : "a thread");
		break;
	case ORPHAN_PROCESS_ENDED:
		fprintf(teller->out, "which %s of process %u held when that ended",
			name ? name : "a thread",
			teller->graph->model
				->processes[teller->graph->model->threads[orphan->thread].process]
				.pid);
		break;
	case ORPHAN_FORKED:
		fputs("which another thread held when the process forked", teller->out);
		break;
	}
	if (place)
		fprintf(teller->out, " (taken in %s)", place);
}

/* Somebody in another process has it, who is stuck as well. */
static void tell_holder(const struct teller *teller, const struct waiter *waiter)
{
	fputs("which ", teller->out);
	tell_thread(teller, &teller->graph->waiters[waiter->holders[0]]);
	fputs(" holds", teller->out);
}

static void tell_enders(const struct teller *teller, const struct wait_enders *enders)
{
	const struct process *processes = teller->graph->model->processes;

	fprintf(teller->out, "which process %u has locked, where nobody is left to unlock it",
		processes[enders->processes[0]].pid);
}

static void tell_wait(const struct teller *teller, uint32_t index)
{
	const struct waiter *waiter = waiter_at(teller, index);
	const struct wait_enders *enders = waiter_enders(teller->graph, waiter);
	const struct process *processes = teller->graph->model->processes;
	bool orphan = waiter_wanted(waiter) == teller->hang->orphan.lock &&
		      teller->hang->orphan.lock != NO_INDEX;
	uint32_t lock = orphan ? teller->hang->orphan.lock : waiter->lock;
	enum trace_lock_kind kind = orphan ? TRACE_LOCK_mutex : op_kind(waiter->op);

	tell_thread(teller, waiter);
	fprintf(teller->out, " %s ", waits(kind));
	if (kind == TRACE_LOCK_process && enders && enders->count == 1)
		fprintf(teller->out, "process %u, ", processes[enders->processes[0]].pid);
	else
		fprintf(teller->out, "%s, ",
			lock == NO_INDEX ? "something" : names_lock(teller->names, lock));
	if (orphan)
		tell_orphan(teller);
	else if (kind != TRACE_LOCK_process && waiter->holder_count && waiter->firm)
		tell_holder(teller, waiter);
	else if (kind == TRACE_LOCK_file && enders)
		tell_enders(teller, enders);
	else
		fputs(missing(kind), teller->out);
}

/* Whether it waits as an earlier one does. */
static bool is_alike(const struct teller *teller, uint32_t index)
{
	for (uint32_t i = 0; i < index; i++)
		if (waiter_at(teller, i)->lock == waiter_at(teller, index)->lock &&
		    waiter_at(teller, i)->mutex == waiter_at(teller, index)->mutex)
			return true;
	return false;
}

static uint32_t tell_waits(const struct teller *teller)
{
	uint32_t told = 0;

	for (uint32_t i = 0; i < teller->hang->root_count && told < TOLD_WAITS; i++) {
		if (is_alike(teller, i))
			continue;
		fputs(told++ ? "; " : "", teller->out);
		tell_wait(teller, i);
	}
	return told;
}

static void tell_others(const struct teller *teller, uint32_t told)
{
	uint32_t others = teller->hang->count - told, named = 0;

	if (!others)
		return;
	for (uint32_t i = 0; i < teller->hang->count && named < NAMED_THREADS; i++) {
		if (i < teller->hang->root_count && !is_alike(teller, i))
			continue;
		fputs(!named ? "; " : named + 1 == others ? " and " : ", ", teller->out);
		tell_thread(teller, waiter_at(teller, i));
		named++;
	}
	if (others > named)
		fprintf(teller->out, " and %u more", others - named);
	fprintf(teller->out, " %s stuck as well", others == 1 ? "is" : "are");
}

char *hang_text(struct names *names, const struct wait_graph *graph, const struct hang *hang)
{
	struct teller teller = {.names = names, .graph = graph, .hang = hang};
	size_t size;
	char *text;

	teller.apart = waiters_apart(graph, hang->waiters, hang->count);
	teller.out = open_memstream(&text, &size);
	tell_others(&teller, tell_waits(&teller));
	fputc('.', teller.out);
	fclose(teller.out);
	return text;
}

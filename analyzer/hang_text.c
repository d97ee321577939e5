/* Words for waits without an end. */
#include "hang_text.h"

#include <stdio.h>
#include <string.h>

#include "hang_cause.h"
#include "human.h"
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

static const char *times(char buffer[HUMAN_SIZE + 20], uint64_t count)
{
	if (count <= 1)
		return "";
	if (count == 2)
		return " twice";
	snprintf(buffer, HUMAN_SIZE + 20, " %llu times", (unsigned long long)count);
	return buffer;
}

/* " (main did, in setup)", " (1 of 2 have come)" */
static void tell_cause(const struct teller *teller, const struct hang_cause *cause)
{
	char buffer[HUMAN_SIZE + 20];
	const char *place =
		cause->stack == NO_INDEX ? NULL : names_place_text(teller->names, cause->stack);

	if (cause->amount) {
		fprintf(teller->out, " (%u of %u have come)", cause->here, cause->amount);
		return;
	}
	if (cause->never) {
		fputs(", and nobody ever did", teller->out);
		return;
	}
	fputs(" (", teller->out);
	wait_tell_thread(teller->out, teller->names, teller->graph->model, cause->thread,
			 teller->apart);
	fprintf(teller->out, " did%s before%s", times(buffer, cause->count),
		cause->others ? ", and others" : "");
	if (place)
		fprintf(teller->out, ", in %s", place);
	fputc(')', teller->out);
}

static void tell_missing(const struct teller *teller, const struct waiter *waiter,
			 enum trace_lock_kind kind)
{
	struct hang_cause cause;

	fputs(missing(kind), teller->out);
	if (hang_cause_find(teller->graph, waiter, &cause))
		tell_cause(teller, &cause);
}

/* Whether a thread of another process has it, for which it has to wait. */
static bool is_held_apart(const struct wait_graph *graph, const struct waiter *waiter)
{
	return waiter->holder_count && waiter->firm && waiter->mutex == NO_INDEX &&
	       op_kind(waiter->op) != TRACE_LOCK_process &&
	       threads_apart(graph->model, waiter->thread,
			     graph->waiters[waiter->holders[0]].thread);
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
	else if (is_held_apart(teller->graph, waiter))
		tell_holder(teller, waiter);
	else if (kind == TRACE_LOCK_file && enders)
		tell_enders(teller, enders);
	else
		tell_missing(teller, waiter, kind);
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

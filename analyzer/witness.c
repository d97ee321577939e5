/* Cuts, what comes before them, and the order of segments. */
#include "witness.h"
#include "closure.h"
#include "file_owner.h"
#include "xalloc.h"
#include <stdlib.h>
#include <string.h>

/* Cuts that are tried for one set of parties. */
#define MAX_CUTS 256
#define MAX_SEGMENTS 512u

struct party {
	uint32_t thread;
	struct section section;
	uint32_t next_segment; /* while they are ordered */
};

struct witnesses {
	const struct model *model;
	struct sections *sections;
	struct closure *closure;
	bool unordered; /* some order was not recorded */
	/* The question at hand. */
	struct party parties[WITNESS_MAX_PARTIES];
	struct stop stops[WITNESS_MAX_PARTIES];
	size_t party_count;
};

struct witnesses *witnesses_new(const struct model *model)
{
	struct witnesses *witnesses = xcalloc(1, sizeof(*witnesses));
	witnesses->model = model;
	/* What is never given back. */
	for (size_t i = 0; i < model->misuse_count; i++)
		witnesses->unordered |= model->misuses[i].rule == TRACE_MISUSE_exit_holding;
	return witnesses;
}

void witnesses_free(struct witnesses *witnesses)
{
	if (!witnesses)
		return;
	closure_free(witnesses->closure);
	sections_free(witnesses->sections);
	free(witnesses);
}

/* What is known of all trees is asked for when the first cycle needs it. */
static void prepare(struct witnesses *witnesses)
{
	if (witnesses->sections)
		return;
	witnesses->sections = sections_new(witnesses->model);
	witnesses->closure = closure_new(witnesses->sections);
}

static bool in_handler(const struct model *model, uint32_t node)
{
	uint32_t stack = model->nodes[node].stack;
	return stack != NO_INDEX && model->stacks[stack].flags & TRACE_STACK_HANDLER;
}

/* Whether locks are what they seem to be. */
static bool is_misused(const struct model *model, uint32_t lock)
{
	for (size_t i = 0; i < model->misuse_count; i++) {
		const struct misuse *misuse = &model->misuses[i];
		if (misuse->lock == lock && (misuse->rule == TRACE_MISUSE_unlock_not_owner ||
					     misuse->rule == TRACE_MISUSE_unlock_unlocked))
			return true;
	}
	return false;
}

/* Whether everything is recorded of the process. */
static bool is_whole(const struct process *process)
{
	return process->complete && process->widened == 0;
}

/* Whether it waits without a limit, for a lock, the end of a thread or an initialiser. */
static bool want_is_understood(const struct model *model, const struct node *node)
{
	enum trace_lock_kind kind = model->locks[node->lock].kind;
	unsigned flags = op_flags(node->op);
	/* The kernel refuses a process to wait in a circle (EDEADLK), and the call returns. */
	bool refused = (node->op == TRACE_OP_lockf || node->op == TRACE_OP_fcntl_lock ||
			node->op == TRACE_OP_fcntl_lock_shared) &&
		       !model->locks[node->taken].of_open_file;
	if (flags & TRACE_OP_WAIT && kind != TRACE_LOCK_thread && kind != TRACE_LOCK_once)
		return false;
	return op_function(node->op) && !refused &&
	       !(flags & (TRACE_OP_TRY | TRACE_OP_TIMED | TRACE_OP_REACQUIRE));
}

static bool party_is_understood(const struct witnesses *witnesses, uint32_t node)
{
	const struct model *model = witnesses->model;
	const struct thread *thread = &model->threads[model->nodes[node].thread];
	if (!want_is_understood(model, &model->nodes[node]) ||
	    thread->state & TRACE_THREAD_FOREIGN || !is_whole(&model->processes[thread->process]))
		return false;
	for (uint32_t at = node; at != NO_INDEX; at = model->nodes[at].parent) {
		uint32_t lock = model->nodes[at].lock;
		if (in_handler(model, at) || model->locks[lock].lives > 1 ||
		    is_misused(model, lock))
			return false;
	}
	return true;
}

/* Enters the parties; false: nothing can be said of them. */
static bool parties_enter(struct witnesses *witnesses, const struct witness_party *parties,
			  size_t count)
{
	const struct model *model = witnesses->model;
	if (witnesses->unordered || count > WITNESS_MAX_PARTIES)
		return false;
	for (size_t i = 0; i < count; i++) {
		uint32_t thread = model->nodes[parties[i].node].thread;
		if (!party_is_understood(witnesses, parties[i].node))
			return false;
		for (size_t j = 0; j < i; j++) {
			uint32_t other = witnesses->parties[j].thread;
			if (other == thread || threads_apart(model, thread, other))
				return false;
		}
		witnesses->parties[i] = (struct party){.thread = thread};
		witnesses->stops[i] = (struct stop){.thread = thread, .node = parties[i].node};
	}
	witnesses->party_count = count;
	return true;
}

static bool kept_shared(const struct witnesses *witnesses, const struct party *party, uint32_t k)
{
	return op_flags(witnesses->model->nodes[party->section.path[k]].op) & TRACE_OP_SHARED;
}

/* Whether the next segment of one party may take one of these locks of another one's path. */
static bool is_kept_from(const struct witnesses *witnesses, const struct party *one,
			 const struct party *other, uint32_t first, uint32_t end)
{
	const struct segment *segment = &one->section.segments[one->next_segment];
	const struct node *nodes = witnesses->model->nodes;
	for (uint32_t k = first; k < end; k++) {
		const struct node *kept = &nodes[other->section.path[k]];
		bool shared = kept_shared(witnesses, other, k);
		for (uint32_t t = segment->first; t < segment->end; t++) {
			const struct section_take *take = &one->section.takes[t];
			if (take->lock == kept->lock && !(take->shared && shared) &&
			    lock_may_exclude(witnesses->model, kept->taken, take->taken))
				return true;
		}
	}
	return false;
}

/*
 * Whether the party's next segment keeps what another party may still take on its way: then it has
 * to wait.
 */
static bool is_in_the_way(const struct witnesses *witnesses, const struct party *party)
{
	const struct segment *segment = &party->section.segments[party->next_segment];
	for (size_t i = 0; i < witnesses->party_count; i++) {
		struct party other = witnesses->parties[i];
		if (&witnesses->parties[i] == party)
			continue;
		for (; other.next_segment < other.section.segment_count; other.next_segment++)
			if (is_kept_from(witnesses, &other, party, segment->kept_first,
					 segment->kept_end))
				return true;
	}
	return false;
}

static void segment_run(struct party *party, struct witness_move *moves, size_t *count)
{
	const struct segment *segment = &party->section.segments[party->next_segment++];
	for (uint32_t k = segment->kept_first; k < segment->kept_end; k++)
		moves[(*count)++] = (struct witness_move){party->section.path[k], false};
}

/* Runs all segments; false: they have no order. */
static bool segments_run(struct witnesses *witnesses, struct witness_move *moves, size_t *count)
{
	bool moved = true;
	while (moved) {
		moved = false;
		for (size_t i = 0; i < witnesses->party_count; i++) {
			struct party *party = &witnesses->parties[i];
			while (party->next_segment < party->section.segment_count &&
			       !is_in_the_way(witnesses, party)) {
				segment_run(party, moves, count);
				moved = true;
			}
		}
	}
	for (size_t i = 0; i < witnesses->party_count; i++)
		if (witnesses->parties[i].next_segment <
		    witnesses->parties[i].section.segment_count)
			return false;
	return true;
}

/* Makes the sections of all parties. */
static bool sections_make(struct witnesses *witnesses, size_t *moves)
{
	size_t segments = 0;
	*moves = 0;
	for (size_t i = 0; i < witnesses->party_count; i++) {
		struct party *party = &witnesses->parties[i];
		const struct stop *stop = &witnesses->stops[i];
		party->next_segment = 0;
		if (!section_make(witnesses->sections, stop->node, stop->epoch, stop->first,
				  &party->section) ||
		    party->section.waits)
			return false;
		segments += party->section.segment_count;
		*moves += party->section.path_count + 1;
	}
	return segments <= MAX_SEGMENTS;
}

static void sections_drop(struct witnesses *witnesses)
{
	for (size_t i = 0; i < witnesses->party_count; i++)
		section_release(&witnesses->parties[i].section);
}

/* The witness of a cut. */
static bool cut_try(struct witnesses *witnesses, const struct witness_party *parties,
		    struct witness_move **moves, size_t *count)
{
	size_t most;
	bool made = sections_make(witnesses, &most);
	*count = 0;
	*moves = made ? xcalloc(most, sizeof(**moves)) : NULL;
	made = made && segments_run(witnesses, *moves, count);
	for (int writers = 1; made && writers >= 0; writers--)
		for (size_t i = 0; i < witnesses->party_count; i++)
			if (parties[i].writer == writers)
				(*moves)[(*count)++] = (struct witness_move){parties[i].node, true};
	sections_drop(witnesses);
	if (!made) {
		free(*moves);
		*moves = NULL;
	}
	return made;
}

/* Whether the node is where the maker of its lock first takes it. */
static bool is_fresh(const struct witnesses *witnesses, uint32_t node)
{
	const struct model *model = witnesses->model;
	const struct lock *lock = &model->locks[model->nodes[node].lock];
	return lock->kind != TRACE_LOCK_thread && !lock->has_identity &&
	       !lock_is_static(model, lock) &&
	       witnesses->sections->first_take[model->nodes[node].lock] == node;
}

/* Whether the thread came there once; of each lock, where several count as one. */
static bool was_there_once(const struct model *model, const struct node *node)
{
	return node->count == 1 || model->locks[node->lock].flags & TRACE_LOCK_ALIKE;
}

/*
 * The lock of a party that may be known to it alone. A party that came here several times is
 * understood to do so for the second time: then `first` is not true of it.
 */
static uint32_t fresh_find(struct witnesses *witnesses, const struct witness_party *parties)
{
	uint32_t fresh = NO_INDEX;
	for (size_t i = 0; i < witnesses->party_count; i++) {
		const struct model *model = witnesses->model;
		const struct node *all = model->nodes;
		const uint32_t nodes[] = {parties[i].node, parties[i].holder};
		for (size_t k = 0; k < 2 && !parties[i].writer; k++) {
			if (nodes[k] == NO_INDEX || !is_fresh(witnesses, nodes[k]))
				continue;
			witnesses->stops[i].first = false;
			if (was_there_once(model, &all[nodes[0]]) || nodes[1] == NO_INDEX ||
			    was_there_once(model, &all[nodes[1]]))
				fresh = all[nodes[k]].lock;
		}
	}
	return fresh;
}

static void firsts_mark(struct witnesses *witnesses)
{
	for (size_t i = 0; i < witnesses->party_count; i++) {
		struct stop *stop = &witnesses->stops[i];
		uint32_t epoch;
		node_occurs(witnesses->model, stop->node, 0, &epoch);
		stop->first = epoch == stop->epoch &&
			      sections_first_is_known(witnesses->sections, stop->node);
	}
}

/* The first cut: stops that each party can come to without another one's being past its own. */
static bool cut_find(struct witnesses *witnesses, const struct witness_party *parties,
		     uint32_t *fresh)
{
	for (int i = 0; i < MAX_CUTS; i++) {
		size_t which;
		uint32_t epoch;
		firsts_mark(witnesses);
		*fresh = fresh_find(witnesses, parties);
		enum closure_answer answer = closure_find(witnesses->closure, witnesses->stops,
							  witnesses->party_count, &which, &epoch);
		if (answer == CLOSURE_GOOD)
			return true;
		if (answer == CLOSURE_NONE ||
		    !node_occurs(witnesses->model, witnesses->stops[which].node, epoch,
				 &witnesses->stops[which].epoch))
			return false;
	}
	return false;
}

enum witness witness_find(struct witnesses *witnesses, const struct witness_party *parties,
			  size_t party_count, struct witness_move **moves, size_t *count,
			  uint32_t *fresh)
{
	*fresh = NO_INDEX;
	if (!parties_enter(witnesses, parties, party_count))
		return WITNESS_NONE;
	prepare(witnesses);
	for (size_t i = 0; i < party_count; i++)
		if (!node_occurs(witnesses->model, parties[i].node, 0, &witnesses->stops[i].epoch))
			return WITNESS_NONE;
	if (!cut_find(witnesses, parties, fresh) || !cut_try(witnesses, parties, moves, count))
		return WITNESS_NONE;
	return *fresh == NO_INDEX ? WITNESS_FOUND : WITNESS_FRESH;
}

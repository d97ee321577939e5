/* Owns which acquisitions go with each other in a combination, condition by condition. */
#include "file_owner.h"
#include "joins.h"
#include "judge.h"

bool judge_both_read(const struct judge *judge, size_t i)
{
	return judge->classes[i]->flags & TRACE_OP_SHARED &&
	       judge->classes[judge_after(judge, i)]->held_shared;
}

/* Whether there is no way at all that it blocks. */
static bool never_blocks(const struct judge *judge, size_t i)
{
	size_t writers;
	if (!judge_both_read(judge, i))
		return false;
	graph_writers(judge->graph, judge->locks[judge_after(judge, i)], &writers);
	return writers == 0;
}

static bool holds_another(const struct judge *judge, size_t i)
{
	for (size_t j = 0; j < judge->count; j++)
		if (j != i && !graph_is_end(judge->graph, judge->locks[j]) &&
		    held_set_index(judge->graph, judge->classes[i]->held, judge->locks[j]) !=
			    NO_INDEX)
			return true;
	return false;
}

/* Whether the thread of acquisition i, whose end another step of the cycle is about, is in it. */
static bool ends_another(const struct judge *judge, size_t i)
{
	const struct lock *locks = judge->graph->model->locks;
	for (size_t j = 0; j < judge->count; j++)
		if (j != i && lock_is_end_of(&locks[judge->locks[j]], judge->members[i]->thread))
			return true;
	return false;
}

bool judge_class_fits(const struct judge *judge, size_t i)
{
	const struct member_class *class = judge->classes[i];
	if (judge->required & WAITING && class->flags & TRACE_OP_TRY)
		return false;
	if (judge->required & UNLIMITED && class->flags & TRACE_OP_TIMED)
		return false;
	if (judge->required & NEEDED && holds_another(judge, i))
		return false;
	if (judge->required & CONFLICTING) {
		if (i > 0 && never_blocks(judge, i - 1))
			return false;
		if (i == judge->count - 1 && never_blocks(judge, i))
			return false;
	}
	if (judge->required & UNGATED && !judge->inside)
		for (size_t j = 0; j < i; j++)
			if (held_sets_gate(judge->graph, class->held, judge->classes[j]->held) !=
			    NO_INDEX)
				return false;
	return true;
}

/* Whether the holder of the lock that acquisition i wants keeps i out. */
static bool keeps_out(const struct judge *judge, size_t i)
{
	return node_excludes(judge->graph->model, judge->members[judge_after(judge, i)]->holder,
			     judge->members[i]->node);
}

/* Whether a lock on a file keeps acquisitions i and j apart: that depends on whose it is. */
static bool gated_by_file(const struct judge *judge, size_t i, size_t j)
{
	return judge->classes[i]->held->owners && judge->classes[j]->held->owners &&
	       nodes_file_gate(judge->graph->model, judge->members[i]->node,
			       judge->members[j]->node) != NO_INDEX;
}

/* Whether the node `join` is of the other's thread, and its joiner knows that it has been there. */
static bool is_told(const struct judge *judge, uint32_t join, uint32_t holder, uint32_t other)
{
	const struct model *model = judge->graph->model;
	const struct lock *end = &model->locks[model->nodes[join].lock];

	return judge->announcements && lock_is_end_of(end, model->nodes[other].thread) &&
	       announced_to(judge->announcements, other, holder, join);
}

bool judge_announced(const struct judge *judge, const struct judged_step *join,
		     const struct judged_step *other, uint32_t *signal)
{
	if (!is_told(judge, join->node, join->holder, other->node))
		return false;
	*signal = announcing_signal(judge->announcements, other->node);
	return *signal != NO_INDEX;
}

/* Whether one of them is told of the other. */
static bool is_either_told(const struct judge *judge, const struct member *one,
			   const struct member *other)
{
	return is_told(judge, one->node, one->holder, other->node) ||
	       is_told(judge, other->node, other->holder, one->node);
}

/* Whether two acquisitions can be at the same time, by what is required to be known of that. */
static bool concurrent(const struct judge *judge, uint32_t x, uint32_t y)
{
	struct order *order =
		judge->required & CONCURRENT ? judge->order : order_of_threads(judge->order);

	return !(judge->required & (CONCURRENT | APART)) || order_concurrent(order, x, y);
}

static uint32_t member_node(const void *judge, size_t i)
{
	return ((const struct judge *)judge)->members[i]->node;
}

/* Whether a semaphore that all have taken units of has too few. */
static bool seats_lack(const struct judge *judge)
{
	return judge->seats && judge->required & SEATED &&
	       seats_lacking(judge->seats, judge->graph->model, member_node, judge, judge->count) !=
		       NO_INDEX;
}

bool judge_member_fits(struct judge *judge, size_t i)
{
	const struct member *member = judge->members[i];
	bool last = i == judge->count - 1;
	if (judge->required & NEEDED && ends_another(judge, i))
		return false;
	if (judge->required & NEEDED &&
	    ((i > 0 && !keeps_out(judge, i - 1)) || (last && !keeps_out(judge, i))))
		return false;
	for (size_t j = 0; j < i; j++) {
		const struct member *other = judge->members[j];
		if (judge->required & DISTINCT && !judge_distinct(judge, member->node, other->node))
			return false;
		if (judge->required & UNGATED && judge->inside &&
		    judge_gate(judge, member->node, other->node) != NO_INDEX)
			return false;
		if (judge->required & UNGATED && gated_by_file(judge, i, j))
			return false;
		if (judge->required & UNGATED && judge->guarded &&
		    guarded_gate(judge->graph, member->node, other->node) != NO_INDEX)
			return false;
		if (judge->required & UNGATED && judge->head_starts &&
		    head_starts_gate(judge->head_starts, judge->graph->model, member->node,
				     other->node) != NO_INDEX)
			return false;
		if (judge->required & CONCURRENT && is_either_told(judge, member, other))
			return false;
		if (!concurrent(judge, member->node, other->node))
			return false;
	}
	return !last || !seats_lack(judge);
}

/* Whether a writer and another acquisition can be there at the same time. */
static bool writer_goes_with(const struct judge *judge, uint32_t writer, uint32_t node)
{
	return judge_distinct(judge, writer, node) && judge_gate(judge, writer, node) == NO_INDEX &&
	       order_concurrent(judge->order, writer, node);
}

bool judge_writer_fits(const struct judge *judge, size_t i, uint32_t writer)
{
	unsigned flags = op_flags(judge->graph->model->nodes[writer].op);
	if (judge->required & UNLIMITED && flags & TRACE_OP_TIMED)
		return false;
	for (size_t j = 0; j < judge->count; j++)
		if (!writer_goes_with(judge, writer, judge->members[j]->node))
			return false;
	for (size_t j = 0; j < i; j++)
		if (judge->writers[j] != NO_INDEX &&
		    !writer_goes_with(judge, writer, judge->writers[j]))
			return false;
	return true;
}

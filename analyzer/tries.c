/* Sums the evidence up, and asks it. */
#include "tries.h"
#include "one_of.h"
#include "wrappers.h"
#include "xalloc.h"
#include <stdlib.h>
#include <string.h>
#include <uthash.h>

/* Functions that try a semaphore first and then wait for it, whatever was recorded of them. */
static const char *const known_places[] = {"PyThread_acquire_lock_timed"};

/* What evidence is about: a semaphore and a stack, or (lock NO_INDEX) a process and an address. */
struct subject {
	uint32_t lock;
	uint32_t stack;
	uint64_t address;
};

struct evidence {
	struct subject subject;
	uint64_t waited, timed, abandoned;
	UT_hash_handle hh;
};

struct jury {
	const struct model *model;
	struct symbols *symbols;
	struct evidence *all;
	const struct trial **trial_of; /* of each node, or NULL */
	uint32_t *first_of;	       /* of each thread: the node of its first semaphore */
	unsigned char *known;	       /* of each stack: 0 not asked, 1 no, 2 at a known place */
};

static bool is_tried(const struct model *model, const struct node *node)
{
	return op_flags(node->op) & TRACE_OP_TRY &&
	       model->locks[node->lock].kind == TRACE_LOCK_semaphore;
}

static struct subject by_stack(const struct node *node)
{
	return (struct subject){node->lock, node->stack, 0};
}

/* Where the try is made: false if that is not known. */
static bool by_place(const struct model *model, const struct node *node, struct subject *subject)
{
	if (node->stack == NO_INDEX || model->stacks[node->stack].count == 0)
		return false;
	const struct stack *stack = &model->stacks[node->stack];
	*subject = (struct subject){NO_INDEX, stack->process, model->pcs[stack->first_pc]};
	return true;
}

static void evidence_add(struct jury *jury, const struct subject *subject,
			 const struct trial *trial)
{
	struct evidence *found;
	HASH_FIND(hh, jury->all, subject, sizeof(*subject), found);
	if (!found) {
		found = xcalloc(1, sizeof(*found));
		found->subject = *subject;
		HASH_ADD(hh, jury->all, subject, sizeof(*subject), found);
	}
	found->waited += trial->waited;
	found->timed += trial->timed;
	found->abandoned += trial->abandoned;
}

static const struct evidence *evidence_find(const struct jury *jury, const struct subject *subject)
{
	struct evidence *found;
	HASH_FIND(hh, jury->all, subject, sizeof(*subject), found);
	return found;
}

static void trials_take(struct jury *jury)
{
	const struct model *model = jury->model;
	for (size_t i = 0; i < model->trial_count; i++) {
		const struct trial *trial = &model->trials[i];
		const struct node *node = &model->nodes[trial->node];
		struct subject subject = by_stack(node);
		if (!is_tried(model, node))
			continue;
		jury->trial_of[trial->node] = trial;
		evidence_add(jury, &subject, trial);
		if (by_place(model, node, &subject))
			evidence_add(jury, &subject, trial);
	}
}

static void firsts_find(struct jury *jury)
{
	const struct model *model = jury->model;
	memset(jury->first_of, 0xff, model->thread_count * sizeof(*jury->first_of));
	for (uint32_t i = 0; i < model->node_count; i++) {
		const struct node *node = &model->nodes[i];
		if (node->count && model->locks[node->lock].kind == TRACE_LOCK_semaphore &&
		    jury->first_of[node->thread] == NO_INDEX)
			jury->first_of[node->thread] = i;
	}
}

/* Whether another thread made it, and took it first of all. */
static bool marks_a_life(const struct jury *jury, const struct node *node)
{
	const struct model *model = jury->model;
	uint32_t maker = model->locks[node->lock].created_by;
	if (maker == NO_INDEX || maker == node->thread || jury->first_of[maker] == NO_INDEX)
		return false;
	const struct node *first = &model->nodes[jury->first_of[maker]];
	return first->lock == node->lock && first->parent == NO_INDEX;
}

/*
 * The known function is the only one of CPython that tries semaphores; where it was inlined and the
 * debug information is not there, its name is lost.
 */
static bool is_known_place(const struct frame *frame)
{
	return frame->function ? ONE_OF(frame->function, known_places) : frame_is_python(frame);
}

bool tries_are_requests(struct symbols *symbols, uint32_t stack)
{
	size_t count;
	const struct frame *frames = symbols_stack(symbols, stack, &count);

	return count > 0 && is_known_place(&frames[0]);
}

static bool is_known(struct jury *jury, uint32_t stack)
{
	if (stack == NO_INDEX)
		return false;
	if (!jury->known[stack])
		jury->known[stack] = tries_are_requests(jury->symbols, stack) ? 2 : 1;
	return jury->known[stack] == 2;
}

static enum try_meaning meaning_of(uint64_t waited, uint64_t timed, uint64_t abandoned)
{
	if (abandoned)
		return TRY_ONLY;
	return waited ? TRY_REQUEST : timed ? TRY_TIMED : TRY_ONLY;
}

static enum try_meaning judge_node(struct jury *jury, uint32_t index)
{
	const struct node *node = &jury->model->nodes[index];
	const struct trial *trial = jury->trial_of[index];
	if (trial && (trial->waited || trial->timed || trial->abandoned))
		return meaning_of(trial->waited, trial->timed, trial->abandoned);
	if (marks_a_life(jury, node))
		return TRY_ONLY;
	struct subject subject = by_stack(node);
	const struct evidence *found = evidence_find(jury, &subject);
	if (found && (found->waited || found->timed || found->abandoned))
		return meaning_of(found->waited, found->timed, found->abandoned);
	found = by_place(jury->model, node, &subject) ? evidence_find(jury, &subject) : NULL;
	if (found && (found->waited || found->timed))
		return TRY_REQUEST;
	return is_known(jury, node->stack) ? TRY_REQUEST : TRY_ONLY;
}

static void jury_release(struct jury *jury)
{
	struct evidence *evidence, *next;
	HASH_ITER (hh, jury->all, evidence, next) {
		HASH_DEL(jury->all, evidence);
		free(evidence);
	}
	free(jury->trial_of);
	free(jury->first_of);
	free(jury->known);
}

/* Of locks that are no semaphores: who asked again and again. */
static void persistent_mark(const struct model *model, unsigned char *meanings)
{
	for (size_t i = 0; i < model->trial_count; i++) {
		const struct trial *trial = &model->trials[i];
		const struct node *node = &model->nodes[trial->node];
		if (model->locks[node->lock].kind != TRACE_LOCK_semaphore)
			meanings[trial->node] =
				meaning_of(trial->waited, trial->timed, trial->abandoned);
	}
}

static bool any_tried(const struct model *model)
{
	if (model->trial_count)
		return true;
	for (size_t i = 0; i < model->node_count; i++)
		if (is_tried(model, &model->nodes[i]))
			return true;
	return false;
}

unsigned char *tries_judge(const struct model *model, struct symbols *symbols)
{
	if (!any_tried(model))
		return NULL;
	struct jury jury = {
		.model = model,
		.symbols = symbols,
		.trial_of = xcalloc(model->node_count, sizeof(*jury.trial_of)),
		.first_of = xcalloc(model->thread_count, sizeof(*jury.first_of)),
		.known = xcalloc(model->stack_count + 1, 1),
	};
	unsigned char *meanings = xcalloc(model->node_count, 1);
	trials_take(&jury);
	persistent_mark(model, meanings);
	firsts_find(&jury);
	for (uint32_t i = 0; i < model->node_count; i++)
		if (model->nodes[i].count && is_tried(model, &model->nodes[i]))
			meanings[i] = judge_node(&jury, i);
	jury_release(&jury);
	return meanings;
}

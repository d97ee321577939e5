/* Asks the files that the tries came from; keeps the answers by call stack. */
#include "refused_tries.h"

#include <stdlib.h>

#include "code_files.h"
#include "code_refused.h"
#include "xalloc.h"

enum { NOT_ASKED, WAITS, WAITS_NOT };

struct tries {
	struct model *model;
	struct code_files *files; /* NULL: none was asked */
	bool *outer;		  /* of each lock: another one was taken with it held */
	bool *abandoned;	  /* of each node: it was seen to go on without the lock */
	unsigned char *answers;	  /* of each stack */
	uint64_t steps_left;
};

/* What is waited for where it was tried, or asked for with a limit of time; 0: not known. */
static uint16_t waiting_op(uint16_t op)
{
	static const struct {
		uint16_t try, wait;
	} ops[] = {
		{TRACE_OP_mutex_trylock, TRACE_OP_mutex_lock},
		{TRACE_OP_mutex_timedlock, TRACE_OP_mutex_lock},
		{TRACE_OP_mutex_clocklock, TRACE_OP_mutex_lock},
		{TRACE_OP_rwlock_timedrdlock, TRACE_OP_rwlock_rdlock},
		{TRACE_OP_rwlock_clockrdlock, TRACE_OP_rwlock_rdlock},
		{TRACE_OP_rwlock_timedwrlock, TRACE_OP_rwlock_wrlock},
		{TRACE_OP_rwlock_clockwrlock, TRACE_OP_rwlock_wrlock},
		{TRACE_OP_mtx_timedlock, TRACE_OP_mtx_lock},
		{TRACE_OP_rwlock_tryrdlock, TRACE_OP_rwlock_rdlock},
		{TRACE_OP_rwlock_trywrlock, TRACE_OP_rwlock_wrlock},
		{TRACE_OP_spin_trylock, TRACE_OP_spin_lock},
		{TRACE_OP_mtx_trylock, TRACE_OP_mtx_lock},
		{TRACE_OP_g_mutex_trylock, TRACE_OP_g_mutex_lock},
		{TRACE_OP_g_rec_mutex_trylock, TRACE_OP_g_rec_mutex_lock},
		{TRACE_OP_g_rw_lock_writer_trylock, TRACE_OP_g_rw_lock_writer_lock},
		{TRACE_OP_g_rw_lock_reader_trylock, TRACE_OP_g_rw_lock_reader_lock},
	};

	for (size_t i = 0; i < sizeof(ops) / sizeof(*ops); i++)
		if (ops[i].try == op)
			return ops[i].wait;
	return 0;
}

static void *make_code(struct object_file *object)
{
	return object_code_new(object);
}

static void free_code(void *code)
{
	object_code_free(code);
}

static bool ask(struct tries *tries, const struct node *node)
{
	const struct model *model = tries->model;
	const struct stack *stack = &model->stacks[node->stack];
	const uint64_t *pcs = model->pcs + stack->first_pc;
	const struct module *module = stack->count ? module_at(model, stack, pcs[0]) : NULL;
	uint64_t returns[REFUSED_MAX_FRAMES];
	const struct object_code *code;
	size_t count = 0;

	if (!module)
		return false;
	if (!tries->files)
		tries->files = code_files_new(model, make_code, free_code);
	code = code_files_of(tries->files, module);
	if (!code)
		return false;
	while (count < stack->count && count < REFUSED_MAX_FRAMES &&
	       module_at(model, stack, pcs[count]) == module) {
		returns[count] = pcs[count] - module->bias;
		count++;
	}
	return code_refused_waits(code, returns, count, op_function(node->op), &tries->steps_left);
}

static bool waits(struct tries *tries, const struct node *node)
{
	unsigned char *answer;

	if (node->stack == NO_INDEX)
		return false;
	answer = &tries->answers[node->stack];
	if (*answer == NOT_ASKED)
		*answer = ask(tries, node) ? WAITS : WAITS_NOT;
	return *answer == WAITS;
}

/* Whether the thread has the lock already. */
static bool is_held(const struct model *model, const struct node *node)
{
	uint32_t before = node->parent;

	/* A path that is circular has no end. */
	for (uint32_t steps = 0; before != NO_INDEX; before = model->nodes[before].parent)
		if (model->nodes[before].lock == node->lock || ++steps > model->node_count)
			return true;
	return false;
}

static bool is_request(struct tries *tries, uint32_t index)
{
	const struct node *node = &tries->model->nodes[index];

	return waiting_op(node->op) && node->count && !node->implied && node->parent != NO_INDEX &&
	       tries->outer[node->lock] && !tries->abandoned[index] &&
	       !is_held(tries->model, node) && waits(tries, node);
}

static bool find_outer(struct tries *tries)
{
	const struct model *model = tries->model;
	bool any = false;

	for (uint32_t i = 0; i < model->node_count; i++) {
		const struct node *node = &model->nodes[i];

		any |= waiting_op(node->op) && node->parent != NO_INDEX;
		if (node->parent != NO_INDEX)
			tries->outer[model->nodes[node->parent].lock] = true;
	}
	return any;
}

static void imply_all(struct tries *tries)
{
	struct model *model = tries->model;
	const size_t count = model->node_count;
	size_t size = count;

	for (size_t i = 0; i < model->trial_count; i++)
		tries->abandoned[model->trials[i].node] |= model->trials[i].abandoned > 0;
	for (uint32_t i = 0; i < count; i++) {
		struct node node = model->nodes[i];

		if (!is_request(tries, i))
			continue;
		if (model->node_count == size) {
			size += 16 + size / 2;
			model->nodes = xreallocarray(model->nodes, size, sizeof(*model->nodes));
		}
		node.op = waiting_op(node.op);
		node.wait = NO_INDEX;
		node.implied = true;
		model->nodes[model->node_count++] = node;
	}
}

void refused_tries_imply(struct model *model)
{
	struct tries tries = {
		.model = model,
		.outer = xcalloc(model->lock_count + 1, sizeof(*tries.outer)),
		.abandoned = xcalloc(model->node_count + 1, sizeof(*tries.abandoned)),
		.answers = xcalloc(model->stack_count + 1, sizeof(*tries.answers)),
		.steps_left = REFUSED_ALL_STEPS,
	};

	if (find_outer(&tries))
		imply_all(&tries);
	code_files_free(tries.files);
	free(tries.outer);
	free(tries.abandoned);
	free(tries.answers);
}

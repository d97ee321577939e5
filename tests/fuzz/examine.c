#include "examine.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dump.h"
#include "order.h"

static void check_index(uint32_t index, size_t count)
{
	assert(index == NO_INDEX || index < count);
}

static void examine_processes(const struct model *m)
{
	for (size_t i = 0; i < m->process_count; i++) {
		const struct process *p = &m->processes[i];
		size_t length = strlen(p->path) + strlen(p->exe);

		for (uint32_t a = 0; a < p->argument_count; a++)
			length += strlen(p->arguments[a]);
		assert(length && p->ns_per_tick > 0);
	}
	for (size_t i = 0; i < m->module_count; i++) {
		assert(m->modules[i].process < m->process_count);
		assert(strlen(m->modules[i].path) + strlen(m->modules[i].build_id) < 1 << 20);
	}
	for (size_t i = 0; i < m->stack_count; i++) {
		assert(m->stacks[i].first_pc + m->stacks[i].count <= m->pc_count);
		assert(m->stacks[i].count <= TRACE_MAX_FRAMES);
	}
}

static void examine_threads(const struct model *m)
{
	for (size_t i = 0; i < m->thread_count; i++) {
		const struct thread *t = &m->threads[i];

		check_index(t->creator, m->thread_count);
		check_index(t->joined_by, m->thread_count);
		check_index(t->created_stack, m->stack_count);
		check_index(t->held, m->held_count);
		assert(strlen(t->name) < sizeof(t->name));
	}
	for (size_t i = 0; i < m->held_count; i++) {
		const struct held *h = &m->helds[i];

		assert(h->thread < m->thread_count);
		check_index(h->want_stack, m->stack_count);
		for (uint32_t n = 0; n < h->depth; n++)
			check_index(h->nodes[n], m->node_count);
	}
}

static void examine_locks(const struct model *m)
{
	for (size_t i = 0; i < m->lock_count; i++) {
		const struct lock *l = &m->locks[i];

		assert(lock_kind_name(l->kind));
		check_index(l->created_stack, m->stack_count);
		check_index(l->created_by, m->thread_count);
		check_index(l->hold_buckets, m->histogram_count);
		check_index(l->wait_buckets, m->histogram_count);
		assert(model_quantile_ns(m, l->hold_buckets, 0.99, l->hold_max_ns) <=
		       l->hold_max_ns);
		assert(model_quantile_ns(m, l->wait_buckets, 0.5, l->wait_max_ns) <=
		       l->wait_max_ns);
	}
	for (size_t i = 0; i < m->wait_count; i++) {
		assert(m->waits[i].node < m->node_count);
		check_index(m->waits[i].stack, m->stack_count);
	}
}

static void examine_misuses(const struct model *m)
{
	for (size_t i = 0; i < m->misuse_count; i++) {
		const struct misuse *misuse = &m->misuses[i];

		assert(misuse_rule(misuse->rule));
		assert(!misuse->act || act_function(misuse->act));
		assert(!misuse->other_act || act_function(misuse->other_act));
		assert(misuse->thread < m->thread_count);
		check_index(misuse->other_thread, m->thread_count);
		check_index(misuse->target, m->thread_count);
		check_index(misuse->lock, m->lock_count);
		check_index(misuse->with, m->lock_count);
		check_index(misuse->other_lock, m->lock_count);
		check_index(misuse->stack, m->stack_count);
		check_index(misuse->other_stack, m->stack_count);
	}
}

static void examine_nodes(const struct model *m)
{
	struct order *order = order_new(m);

	for (uint32_t i = 0; i < m->node_count; i++) {
		const struct node *n = &m->nodes[i];
		size_t depth = 0;

		assert(n->thread < m->thread_count && n->lock < m->lock_count);
		assert(op_function(n->op));
		assert(!n->count || n->span_count);
		assert(n->first_span + n->span_count <= m->span_count);
		check_index(n->stack, m->stack_count);
		check_index(n->wait, m->wait_count);
		for (uint32_t p = i; p != NO_INDEX; p = m->nodes[p].parent)
			assert(p < m->node_count && depth++ < m->node_count);
		for (uint32_t j = 0; j < m->node_count; j++)
			order_concurrent(order, i, j);
	}
	order_free(order);
}

bool examine_file(const char *path, struct reader_error *error)
{
	struct model model;
	bool good, dumped;
	FILE *nowhere;

	model_init(&model);
	good = reader_add(&model, path, error);
	assert(good == (model.process_count == 1));
	if (good) {
		examine_processes(&model);
		examine_threads(&model);
		examine_locks(&model);
		examine_nodes(&model);
		examine_misuses(&model);
		model_complete(&model);
	}
	model_free(&model);

	struct reader_error dump_error;

	nowhere = fopen("/dev/null", "w");
	dumped = dump_trace(nowhere, path, &dump_error);
	fclose(nowhere);
	assert(good == dumped);
	assert(good || !strcmp(error->text, dump_error.text));
	return good;
}

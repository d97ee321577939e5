/* Owns the model in which the tests of schedules look for one, and what was found. */
#include "witnessing.h"

#include "xalloc.h"
#include <stdlib.h>

struct synthetic *made;
uint32_t a, b, gate, t1, t2;

struct witness_move *moves;
size_t move_count;
uint32_t fresh;

void witnessing_begin(void)
{
	made = synthetic_new();
	t1 = synthetic_thread(made, made->main, "t1");
	t2 = synthetic_thread(made, made->main, "t2");
	a = synthetic_lock(made, "a");
	b = synthetic_lock(made, "b");
	gate = synthetic_lock(made, "gate");
	moves = NULL;
}

void witnessing_end(void)
{
	free(moves);
	free(made->model.across);
	free(made->model.events);
	free(made->model.modules);
	synthetic_free(made);
}

struct node *node(uint32_t index)
{
	return &made->model.nodes[index];
}

uint32_t take_at(uint32_t thread, uint32_t parent, uint32_t lock, const char *place)
{
	return synthetic_node(made, thread, parent, lock, TRACE_OP_mutex_lock, place, 1);
}

enum witness find(const struct witness_party *parties, size_t count)
{
	struct witnesses *witnesses = witnesses_new(&made->model);
	free(moves);
	moves = NULL;
	move_count = 0;
	enum witness witness = witness_find(witnesses, parties, count, &moves, &move_count, &fresh);
	witnesses_free(witnesses);
	return witness;
}

enum witness find_two(uint32_t x, uint32_t y)
{
	const struct witness_party parties[] = {
		{.node = x, .holder = node(x)->parent},
		{.node = y, .holder = node(y)->parent},
	};
	return find(parties, 2);
}

uint32_t take_ab(void)
{
	return take_at(t1, take_at(t1, NO_INDEX, a, "f"), b, "g");
}

uint32_t take_ba(void)
{
	return take_at(t2, take_at(t2, NO_INDEX, b, "f"), a, "g");
}

void event(uint32_t thread, uint16_t kind, uint32_t lock, uint32_t epoch, uint32_t held)
{
	struct model *model = &made->model;
	model->events =
		xreallocarray(model->events, model->event_count + 1, sizeof(*model->events));
	model->events[model->event_count] = (struct event){
		.thread = thread, .lock = lock, .kind = kind, .epoch = epoch, .node = held};
	model->events[model->event_count].number = model->event_count + 1;
	model->event_count++;
}

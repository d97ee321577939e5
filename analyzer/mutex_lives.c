/* Goes by the conditions that were made with the mutexes. */
#include "mutex_lives.h"

/* Whether there is one such condition for each life of the mutex: made where it was, in an object
 * with it. */
static bool is_one_each(const struct model *model, const struct lock *mutex,
			const struct lock *condition)
{
	uint32_t made = 0;

	if (mutex->lives <= 1 || condition->created_stack == NO_INDEX ||
	    !(condition->flags & TRACE_LOCK_INIT_SEEN))
		return false;
	for (size_t i = 0; i < model->lock_count; i++)
		made += model->locks[i].kind == TRACE_LOCK_condition &&
			model->locks[i].created_stack == condition->created_stack;
	return made <= mutex->lives;
}

bool mutex_was_another(const struct model *model, const struct node *node, uint32_t condition)
{
	const struct lock *own = &model->locks[condition];
	uint64_t signals = 0;

	if (!is_one_each(model, &model->locks[node->lock], own))
		return false;
	for (size_t i = 0; i < model->event_count; i++) {
		const struct event *event = &model->events[i];

		signals += event->node != NO_INDEX && &model->nodes[event->node] == node &&
			   (event->kind == TRACE_EVENT_signalled ||
			    event->kind == TRACE_EVENT_unawaited) &&
			   event->lock != condition &&
			   model->locks[event->lock].created_stack == own->created_stack;
	}
	return signals >= node->count;
}

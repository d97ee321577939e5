/* Asks the files that the tries came from; keeps the answers by place. */
#include "idle_tries.h"

#include <stdlib.h>
#include <string.h>
#include <uthash.h>

#include "code_files.h"
#include "code_idle.h"
#include "xalloc.h"

struct place {
	const struct object_code *code;
	uint64_t address; /* that the call returns to */
};

struct answer {
	struct place place;
	bool idle;
	UT_hash_handle hh;
};

struct tries {
	const struct model *model;
	struct code_files *files; /* NULL: none was asked */
	struct answer *answers;
};

static void *make_code(struct object_file *object)
{
	return object_code_new(object);
}

static void free_code(void *code)
{
	object_code_free(code);
}

static void tries_free(struct tries *tries)
{
	struct answer *answer, *next;

	HASH_ITER (hh, tries->answers, answer, next) {
		HASH_DEL(tries->answers, answer);
		free(answer);
	}
	code_files_free(tries->files);
}

static bool is_idle(struct tries *tries, const struct event *event)
{
	const struct model *model = tries->model;
	const struct stack *stack = event->stack == NO_INDEX ? NULL : &model->stacks[event->stack];
	const uint64_t pc = stack && stack->count ? model->pcs[stack->first_pc] : 0;
	const struct module *module = pc ? module_at(model, stack, pc) : NULL;
	struct answer *answer;
	struct place place;

	if (!module || event->act != TRACE_OP_sem_trywait || event->node != NO_INDEX)
		return false;
	if (!tries->files)
		tries->files = code_files_new(model, make_code, free_code);
	memset(&place, 0, sizeof(place));
	place.code = code_files_of(tries->files, module);
	if (!place.code)
		return false;
	place.address = pc - module->bias;
	HASH_FIND(hh, tries->answers, &place, sizeof(place), answer);
	if (answer)
		return answer->idle;
	answer = xcalloc(1, sizeof(*answer));
	answer->place = place;
	answer->idle = code_try_is_idle(place.code, place.address);
	HASH_ADD(hh, tries->answers, place, sizeof(place), answer);
	return answer->idle;
}

static const struct model *sorted_model; /* for compare_takes only */

/* Takes of one thread from one semaphore follow one another as it made them. */
static int compare_takes(const void *left, const void *right)
{
	const struct event *a = &sorted_model->events[*(const uint32_t *)left];
	const struct event *b = &sorted_model->events[*(const uint32_t *)right];

	if (a->lock != b->lock)
		return a->lock < b->lock ? -1 : 1;
	if (a->thread != b->thread)
		return a->thread < b->thread ? -1 : 1;
	return a->index < b->index ? -1 : a->index > b->index;
}

static size_t list_takes(const struct model *model, uint32_t *takes)
{
	size_t count = 0;

	for (uint32_t i = 0; i < model->event_count; i++)
		if (model->events[i].kind == TRACE_EVENT_taken)
			takes[count++] = i;
	sorted_model = model;
	if (count)
		qsort(takes, count, sizeof(*takes), compare_takes);
	return count;
}

void idle_tries_find(struct model *model)
{
	uint32_t *takes = xcalloc(model->event_count + 1, sizeof(*takes));
	const size_t count = list_takes(model, takes);
	struct tries tries = {.model = model};
	const struct event *before = NULL;

	for (size_t i = 0; i < count; i++) {
		struct event *event = &model->events[takes[i]];
		const bool first =
			!before || before->lock != event->lock || before->thread != event->thread;

		event->idle = (first || before->idle) && is_idle(&tries, event);
		before = event;
	}
	tries_free(&tries);
	free(takes);
}

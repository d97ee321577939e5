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
	bool joins;	  /* else it tries a semaphore */
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

/* Of the call that the stack was recorded at. */
static bool is_idle(struct tries *tries, uint32_t at, bool joins)
{
	const struct model *model = tries->model;
	const struct stack *stack = at == NO_INDEX ? NULL : &model->stacks[at];
	const uint64_t pc = stack && stack->count ? model->pcs[stack->first_pc] : 0;
	const struct module *module = pc ? module_at(model, stack, pc) : NULL;
	struct answer *answer;
	struct place place;

	if (!module)
		return false;
	if (!tries->files)
		tries->files = code_files_new(model, make_code, free_code);
	memset(&place, 0, sizeof(place));
	place.code = code_files_of(tries->files, module);
	if (!place.code)
		return false;
	place.address = pc - module->bias;
	place.joins = joins;
	HASH_FIND(hh, tries->answers, &place, sizeof(place), answer);
	if (answer)
		return answer->idle;
	answer = xcalloc(1, sizeof(*answer));
	answer->place = place;
	answer->idle = joins ? code_result_is_ignored(place.code, place.address)
			     : code_try_is_idle(place.code, place.address);
	HASH_ADD(hh, tries->answers, place, sizeof(place), answer);
	return answer->idle;
}

static bool is_idle_take(struct tries *tries, const struct event *event)
{
	return event->act == TRACE_OP_sem_trywait && event->node == NO_INDEX &&
	       is_idle(tries, event->stack, false);
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

/* Who joined goes on either way, but may know otherwise that the thread has ended. */
static void leave_out_joins(struct model *model, struct tries *tries)
{
	for (uint32_t t = 0; t < model->thread_count; t++) {
		struct thread *thread = &model->threads[t];
		struct thread *joiner;

		if (!thread->limited_join || thread->joined_by == NO_INDEX ||
		    !is_idle(tries, thread->limited_join - 1, true))
			continue;
		joiner = &model->threads[thread->joined_by];
		if (joiner->blind == 0 || thread->join_epoch < joiner->blind)
			joiner->blind = thread->join_epoch + 1;
		thread->joined_by = NO_INDEX;
	}
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

		event->idle = (first || before->idle) && is_idle_take(&tries, event);
		before = event;
	}
	leave_out_joins(model, &tries);
	tries_free(&tries);
	free(takes);
}

/* Asks the files that the tries came from; keeps them, and the answers by place. */
#include "idle_tries.h"

#include <stdlib.h>
#include <string.h>
#include <uthash.h>

#include "code_idle.h"
#include "intern.h"
#include "xalloc.h"

struct file {
	char *key; /* path, newline, build-id */
	struct object_file object;
	struct object_code *code; /* NULL: it cannot be read */
	UT_hash_handle hh;
};

struct place {
	const struct file *file;
	uint64_t address; /* that the call returns to */
};

struct answer {
	struct place place;
	bool idle;
	UT_hash_handle hh;
};

struct tries {
	const struct model *model;
	struct intern *pool;
	struct file *files;
	struct answer *answers;
};

static struct file *file_of(struct tries *tries, const struct module *module)
{
	char *key = xasprintf("%s\n%s", module->path, module->build_id);
	struct file *file;

	HASH_FIND_STR(tries->files, key, file);
	if (file) {
		free(key);
		return file;
	}
	if (!tries->pool)
		tries->pool = intern_new();
	file = xcalloc(1, sizeof(*file));
	file->key = key;
	object_open(&file->object, module->path, module->build_id,
		    tries->model->processes[module->process].start_realtime_ns, tries->pool);
	file->code = object_code_new(&file->object);
	HASH_ADD_KEYPTR(hh, tries->files, key, strlen(key), file);
	return file;
}

static void tries_free(struct tries *tries)
{
	struct answer *answer, *next_answer;
	struct file *file, *next_file;

	HASH_ITER (hh, tries->answers, answer, next_answer) {
		HASH_DEL(tries->answers, answer);
		free(answer);
	}
	HASH_ITER (hh, tries->files, file, next_file) {
		HASH_DEL(tries->files, file);
		object_code_free(file->code);
		object_close(&file->object);
		free(file->key);
		free(file);
	}
	if (tries->pool)
		intern_free(tries->pool);
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
	memset(&place, 0, sizeof(place));
	place.file = file_of(tries, module);
	place.address = pc - module->bias;
	HASH_FIND(hh, tries->answers, &place, sizeof(place), answer);
	if (answer)
		return answer->idle;
	answer = xcalloc(1, sizeof(*answer));
	answer->place = place;
	answer->idle = place.file->code && code_try_is_idle(place.file->code, place.address);
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

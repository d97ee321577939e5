/*
 * Judges many traces in one process: reads their paths, a line each, and answers each with a line
 * of JSON, the findings in terms of the player's objects and threads:
 *
 *	{"complete": true, "findings": [
 *	 {"rule": "lock-order", "verdict": "potential", "reason": null, "message": "...",
 *	  "locks": [0, 1], "steps": [{"thread": 1, "holds": [0], "wants": 1}, ...],
 *	  "witness": [[1, 0, false], ...]}, ...]}
 *
 * A move of a witness is thread, object, and whether it waits. A thread is a number in the order of
 * creation, from 0. Its end, as something that is waited for, is the object PLAYER_ENDS + thread.
 * An object -1 is none of these. Names are made of these numbers here, in place of names.c: debug
 * information would take most of the time.
 */
#include "finding.h"
#include "model_link.h"
#include "names.h"
#include "player.h"
#include "reader.h"
#include "xalloc.h"
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* Names that are valid at a time: more than any sentence has. */
#define NAMES_AT_A_TIME 64

struct names {
	const struct model *model;
	char text[NAMES_AT_A_TIME][32];
	unsigned turn;
	struct frame frame;
};

struct names *names_new(const struct model *model, struct symbols *symbols)
{
	struct names *names = xcalloc(1, sizeof(*names));

	(void)symbols;
	names->model = model;
	names->frame.function = "player";
	return names;
}

void names_free(struct names *names)
{
	free(names);
}

static int object_number(const struct model *model, uint32_t lock)
{
	uint64_t offset;

	if (lock != NO_INDEX && model->locks[lock].kind == TRACE_LOCK_thread &&
	    model->locks[lock].thread != NO_INDEX)
		return (int)(PLAYER_ENDS + model->threads[model->locks[lock].thread].number - 1);
	if (lock == NO_INDEX || model->locks[lock].address < PLAYER_OBJECTS)
		return -1;
	offset = model->locks[lock].address - PLAYER_OBJECTS;
	return offset < (uint64_t)PLAYER_STRIDE * PLAYER_MAX_OBJECTS ? (int)(offset / PLAYER_STRIDE)
								     : -1;
}

static int thread_number(const struct model *model, uint32_t thread)
{
	return thread == NO_INDEX ? -1 : (int)model->threads[thread].number - 1;
}

static const char *numbered(struct names *names, const char *what, int number)
{
	char *text = names->text[names->turn++ % NAMES_AT_A_TIME];

	snprintf(text, sizeof(names->text[0]), "%s %d", what, number);
	return text;
}

const char *names_lock(struct names *names, uint32_t lock)
{
	return numbered(names, "object", object_number(names->model, lock));
}

const char *names_lock_class(struct names *names, uint32_t lock)
{
	return names_lock(names, lock);
}

const char *names_thread(struct names *names, uint32_t thread)
{
	return numbered(names, "thread", thread_number(names->model, thread));
}

const struct frame *names_place(struct names *names, uint32_t stack)
{
	return stack == NO_INDEX ? NULL : &names->frame;
}

static json_t *step_json(const struct model *model, const struct finding_step *step)
{
	json_t *holds = json_array();

	for (size_t i = 0; i < step->hold_count; i++)
		json_array_append_new(holds,
				      json_integer(object_number(model, step->holds[i].lock)));
	return json_pack("{s:i, s:o, s:i}", "thread", thread_number(model, step->thread), "holds",
			 holds, "wants", object_number(model, step->wants.lock));
}

static json_t *finding_json(const struct model *model, const struct finding *finding)
{
	json_t *steps = json_array(), *locks = json_array(), *witness = json_array();

	for (size_t i = 0; i < finding->step_count; i++)
		json_array_append_new(steps, step_json(model, &finding->steps[i]));
	for (size_t i = 0; i < finding->lock_count; i++)
		json_array_append_new(locks, json_integer(object_number(model, finding->locks[i])));
	for (size_t i = 0; i < finding->witness_count; i++) {
		const struct finding_move *move = &finding->witness[i];

		json_array_append_new(
			witness, json_pack("[i, i, b]", thread_number(model, move->thread),
					   object_number(model, move->hold.lock), move->waits));
	}
	return json_pack("{s:s, s:s?, s:s?, s:s, s:o, s:o, s:o}", "rule", finding->rule->name,
			 "verdict", verdict_name(finding->verdict), "reason",
			 reason_name(finding->reason), "message", finding->message, "locks", locks,
			 "steps", steps, "witness", witness);
}

static json_t *answer(const char *path)
{
	struct model model;
	struct reader_error error;
	struct findings findings = {0};
	json_t *list = json_array();

	model_init(&model);
	if (!reader_add_file(&model, path, &error)) {
		fprintf(stderr, "%s\n", error.text);
		exit(3);
	}
	model_link(&model);
	struct analysis analysis = {
		.model = &model,
		.symbols = symbols_new(&model),
		.names = names_new(&model, NULL),
		.order = order_new(&model),
	};
	findings_run(&analysis, &findings);
	for (size_t i = 0; i < findings.count; i++)
		json_array_append_new(list, finding_json(&model, &findings.items[i]));
	bool complete = model_complete(&model) && !findings.truncated.cycles;
	findings_free(&findings);
	order_free(analysis.order);
	names_free(analysis.names);
	symbols_free(analysis.symbols);
	model_free(&model);
	return json_pack("{s:b, s:o}", "complete", complete, "findings", list);
}

int main(void)
{
	char path[4096];

	while (fgets(path, sizeof(path), stdin)) {
		path[strcspn(path, "\n")] = '\0';
		json_t *list = answer(path);

		json_dumpf(list, stdout, JSON_COMPACT);
		putchar('\n');
		fflush(stdout);
		json_decref(list);
	}
	return 0;
}

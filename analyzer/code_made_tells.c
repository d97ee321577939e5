/* Looks for ways that tell nobody. */
#include "code_explored.h"
#include "code_made_visit.h"
#include "code_releases.h"
#include "code_ways.h"
#include "xalloc.h"
#include <stdlib.h>

#define MARK_TELLS 2u
#define MARK_GIVES 4u

/* Whether some way from there leads to a signal before a lock may be given back. */
static bool tells_inside(struct made_visit *visit, const struct code_marks *marks, uint32_t step)
{
	struct code_way way = {step, 0, MARK_GIVES, CODE_NOWHERE, CODE_NOWHERE, false};
	bool told = false;
	for (; way.to < marks->function->count && !told; way.to++)
		told = made_signals(made_import(visit->made, way.to)) && code_is_way(marks, &way);
	return told;
}

static unsigned char mark_of(const struct made_visit *visit, uint32_t step)
{
	const struct code_instruction *at = &visit->made->function->steps[step].instruction;
	const char *import = made_import(visit->made, step);
	if (made_signals(import))
		return MARK_TELLS;
	if (at->kind != CODE_CALL && !at->import)
		return 0;
	return import && code_import_keeps_locks(asks_code(visit->made->asks), import) ? 0
										       : MARK_GIVES;
}

bool made_tells_after(struct made_visit *visit, uint32_t step)
{
	enum { LOOKED = 1, TELLS = 2 };
	const struct code_function *function = visit->made->function;
	const struct code_way silent = {step,	      CODE_NOWHERE, MARK_TELLS,
					CODE_NOWHERE, CODE_NOWHERE, true};
	if (visit->told[step] || visit->made->asks->steps_left < function->count)
		return visit->told[step] & TELLS;
	visit->made->asks->steps_left -= function->count;
	struct code_marks marks = {function, visit->made->flow, xcalloc(function->count, 1)};
	for (uint32_t i = 0; i < function->count; i++)
		marks.of[i] = mark_of(visit, i);
	bool tells = !code_is_way(&marks, &silent) || tells_inside(visit, &marks, step);
	visit->told[step] = LOOKED | (tells ? TELLS : 0);
	free(marks.of);
	return visit->told[step] & TELLS;
}

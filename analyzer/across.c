/* Sorts. */
#include "across.h"
#include "compare.h"
#include "xalloc.h"

#include <stdlib.h>

static int by_across(const void *left, const void *right, void *context)
{
	const struct model *model = context;
	const uint32_t x = *(const uint32_t *)left, y = *(const uint32_t *)right;
	const struct across *a = &model->across[x], *b = &model->across[y];

	if (model->nodes[a->node].thread != model->nodes[b->node].thread)
		return compare_numbers(model->nodes[a->node].thread, model->nodes[b->node].thread);
	return a->first != b->first ? compare_numbers(a->first, b->first) : compare_numbers(x, y);
}

uint32_t *across_sorted(const struct model *model)
{
	uint32_t *sorted = xcalloc(model->across_count + 1, sizeof(*sorted));

	for (uint32_t i = 0; i < model->across_count; i++)
		sorted[i] = i;
	if (model->across_count)
		qsort_r(sorted, model->across_count, sizeof(*sorted), by_across, (void *)model);
	return sorted;
}

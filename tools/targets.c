#include "targets.h"
#include "strangers.h"
#include "xalloc.h"
#include <signal.h>
#include <stdlib.h>

struct target {
	pid_t pid;
	unsigned ancestors;
};

void targets_init(struct targets *targets, size_t most)
{
	*targets = (struct targets){.items = xcalloc(most, sizeof(*targets->items))};
}

void targets_free(struct targets *targets)
{
	free(targets->items);
}

void targets_add(struct targets *targets, pid_t pid)
{
	targets->items[targets->count++] = (struct target){pid, ancestors_count(pid)};
}

static int compare(const void *left, const void *right)
{
	const struct target *a = left, *b = right;

	return (a->ancestors > b->ancestors) - (a->ancestors < b->ancestors);
}

void targets_signal(struct targets *targets, int signal)
{
	if (targets->count)
		qsort(targets->items, targets->count, sizeof(*targets->items), compare);
	for (size_t i = 0; i < targets->count; i++)
		kill(targets->items[i].pid, signal);
}

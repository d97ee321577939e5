/* An array of objects is made larger while one of them is locked: the locked mutex is copied. */
/* EXPECT free-locked misuse act cause */
#include "scenario.h"

static void *volatile behind, *volatile moved;

int main(void)
{
	pthread_mutex_t *list = calloc(1, sizeof(*list)), *longer;

	pthread_mutex_lock(&list[0]); /* @cause */
	/* Something lies behind it, so that it has to move. */
	behind = malloc(sizeof(*list));
	CHECK(behind);
	longer = realloc(list, 1000 * sizeof(*list)); /* @act */
	moved = longer;
	free(moved);
	return 0;
}

/*
 * A near miss of come_late_heap_kept.c: what main keeps by its number are states of jobs, of the
 * size of an address, and one of them is the job's, with done in it.
 */
/* EXPECT lock-order potential first second */
#include <stddef.h>

#define JOB_MEMBERS \
	struct state { \
		bool told, done; \
		int result; \
	} state;
#define DONE state.done
#include "late_job.h"

static void take_ab(void)
{
	take_both(&a, &b); /* @first */
}

static void take_ba(void)
{
	take_both(&b, &a); /* @second */
}

static struct job *volatile kept;
static volatile size_t place = offsetof(struct job, state) / sizeof(struct state);
_Static_assert(offsetof(struct job, state) % sizeof(struct state) == 0, "one of a table");

APART static struct state state_make(int result)
{
	return (struct state){.done = true, .result = result};
}

APART static void state_keep(struct state *table, size_t number)
{
	table[number] = state_make(1);
}

int main(void)
{
	kept = job_new(7);
	state_keep((struct state *)kept, place);
	run_job(kept);
	return 0;
}

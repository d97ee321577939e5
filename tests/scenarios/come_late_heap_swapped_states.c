/*
 * A near miss of come_late_heap_swapped.c: main exchanges two words of the size of an address, and
 * one of them is a state of a job, with done in it.
 */
/* EXPECT lock-order potential first second */
#include <stddef.h>

#define JOB_MEMBERS \
	struct state { \
		int result; \
		bool done; \
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

static volatile size_t place = offsetof(struct job, state);
static struct state other = {.result = 1, .done = true};

APART static void states_exchange(struct state *one, struct state *another)
{
	const struct state kept = *one;

	*one = *another;
	*another = kept;
}

int main(void)
{
	struct job *job = job_new(7);

	states_exchange((struct state *)((char *)job + place), &other);
	run_job(job);
	return 0;
}

/*
 * A near miss of come_late_heap_queued.c: the word of the size of an address that main copies, to
 * where done was found to be, is a state of a job, with done in it.
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
static struct state ended = {.result = 1, .done = true};

APART static void state_copy(struct state *to, const struct state *from)
{
	*to = *from;
}

int main(void)
{
	struct job *job = job_new(7);

	state_copy((struct state *)((char *)job + place), &ended);
	run_job(job);
	return 0;
}

/*
 * As come_late_heap.c. Main asks for the value of a semaphore that lies in the job, found by its
 * number, but has it told in a variable of its own.
 */
/* EXPECT lock-order discharged sync-order first second */
#include <semaphore.h>

#define JOB_MEMBERS \
	bool done; \
	sem_t free[2];
#define DONE done
#include "late_job.h"

static void take_ab(void)
{
	take_both(&a, &b); /* @first */
}

static void take_ba(void)
{
	take_both(&b, &a); /* @second */
}

APART static int job_count(struct job *job, int which)
{
	int value;

	sem_getvalue(&job->free[which], &value);
	return value;
}

int main(void)
{
	struct job *job = job_new(7);

	sem_init(&job->free[1], 0, 1);
	if (job_count(job, 1) == 1)
		run_job(job);
	return 0;
}

/*
 * Another near miss of come_late_heap.c: done is one of several, which main sets to what a
 * semaphore has by its number.
 */
/* EXPECT lock-order potential first second */
#define JOB_MEMBERS int done[4];
#define DONE done[1]
#include "late_job.h"

#include <semaphore.h>

static void take_ab(void)
{
	take_both(&a, &b); /* @first */
}

static void take_ba(void)
{
	take_both(&b, &a); /* @second */
}

static sem_t many;

APART static void job_count(struct job *job, int which)
{
	sem_getvalue(&many, &job->done[which]);
}

int main(void)
{
	struct job *job = job_new(7);

	sem_init(&many, 0, 1);
	job_count(job, 1);
	run_job(job);
	return 0;
}

/*
 * As come_late_heap.c, but the function that allocates a job leaves it to another one to initialise
 * it.
 */
/* EXPECT lock-order discharged sync-order first second */
#include "late_job.h"

static void take_ab(void)
{
	take_both(&a, &b); /* @first */
}

static void take_ba(void)
{
	take_both(&b, &a); /* @second */
}

__attribute__((noinline)) static void job_init(struct job *job, int number)
{
	job->number = number;
	job->done = false;
	pthread_mutex_init(&job->m, NULL);
	pthread_cond_init(&job->changed, NULL);
}

__attribute__((noinline)) static struct job *job_make(int number)
{
	struct job *job = malloc(sizeof(*job));

	if (!job)
		abort();
	job_init(job, number);
	return job;
}

int main(void)
{
	struct job *job = job_make(7);

	run_job(job);
	return 0;
}

/*
 * Another near miss of come_late_heap.c: job_new leaves it to job_begin whether there is anything
 * to do.
 */
/* EXPECT lock-order potential first second */
#include "late_job.h"

static void take_ab(void)
{
	take_both(&a, &b); /* @first */
}

static void take_ba(void)
{
	take_both(&b, &a); /* @second */
}

static struct job *job_make(int number)
{
	struct job *job = malloc(sizeof(*job));

	if (!job)
		abort();
	job->number = number;
	pthread_mutex_init(&job->m, NULL);
	pthread_cond_init(&job->changed, NULL);
	return job;
}

__attribute__((noinline)) static void job_begin(struct job *job)
{
	job->done = job->number > 5;
}

int main(void)
{
	struct job *job = job_make(7);

	job_begin(job);
	run_job(job);
	return 0;
}

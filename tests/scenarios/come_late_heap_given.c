/*
 * The near miss of come_late_heap.c: done is true from the beginning, so thread two may take b, a
 * at any time.
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
	job->done = true;
	pthread_mutex_init(&job->m, NULL);
	pthread_cond_init(&job->changed, NULL);
	return job;
}

int main(void)
{
	struct job *job = job_make(7);

	run_job(job);
	return 0;
}

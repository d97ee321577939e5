/*
 * Another near miss of come_late_heap.c: the job is made elsewhere, where done is true.
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

static struct job *job_new_done(void)
{
	struct job *job = malloc(sizeof(*job));

	if (!job)
		abort();
	job->number = 0;
	job->done = true;
	pthread_mutex_init(&job->m, NULL);
	pthread_cond_init(&job->changed, NULL);
	return job;
}

int main(void)
{
	struct job *other = job_new(7);
	struct job *job = job_new_done();

	run_job(job);
	free(other);
	return 0;
}

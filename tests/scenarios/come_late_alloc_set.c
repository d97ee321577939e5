/*
 * Another near miss of come_late_alloc.c: main says that the job is done before it has its mutex.
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

__attribute__((noinline)) static struct job *job_alloc(void)
{
	struct job *job = calloc(1, sizeof(*job));

	if (!job)
		abort();
	return job;
}

__attribute__((noinline)) static void job_init(struct job *job)
{
	pthread_mutex_init(&job->m, NULL);
	pthread_cond_init(&job->changed, NULL);
}

int main(void)
{
	struct job *job = job_alloc();

	job->done = job->number < 5;
	job_init(job);
	run_job(job);
	return 0;
}

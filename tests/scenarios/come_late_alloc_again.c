/*
 * The near miss of come_late_alloc.c: job_alloc returns a job that was used before, and was done
 * then: so it is now.
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

static struct job *used;

__attribute__((noinline)) static struct job *job_alloc(void)
{
	struct job *job = used ? used : calloc(1, sizeof(*job));

	if (!job)
		abort();
	return job;
}

__attribute__((noinline)) static void job_init(struct job *job)
{
	pthread_mutex_init(&job->m, NULL);
	pthread_cond_init(&job->changed, NULL);
}

static void job_free(struct job *job)
{
	pthread_mutex_destroy(&job->m);
	pthread_cond_destroy(&job->changed);
	used = job;
}

int main(void)
{
	struct job *job = job_alloc();

	job_init(job);
	job_end(job);
	job_free(job);
	job = job_alloc();
	job_init(job);
	run_job(job);
	return 0;
}

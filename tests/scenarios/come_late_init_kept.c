/*
 * Another near miss of come_late_init.c: job_init keeps the job where others find it, before it is
 * clear that it is not done.
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

static struct job *volatile kept;

__attribute__((noinline)) static void skip_kept(void)
{
	kept->done = true;
}

__attribute__((noinline)) static void job_init(struct job *job, int number)
{
	job->number = number;
	job->done = false;
	kept = job;
	skip_kept();
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

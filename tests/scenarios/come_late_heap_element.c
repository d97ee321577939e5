/*
 * Another near miss of come_late_heap.c: done is one of several, that are all set by their numbers.
 */
/* EXPECT lock-order potential first second */
#define JOB_MEMBERS bool done[4];
#define DONE done[1]
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
	memset(job->done, 0, sizeof(job->done));
	pthread_mutex_init(&job->m, NULL);
	pthread_cond_init(&job->changed, NULL);
	return job;
}

__attribute__((noinline)) static void job_skip(struct job *job, int which)
{
	job->done[which] = true;
}

int main(void)
{
	struct job *job = job_make(7);

	job_skip(job, 1);
	run_job(job);
	return 0;
}

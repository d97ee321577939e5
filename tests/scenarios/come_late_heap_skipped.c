/*
 * Another near miss of come_late_heap.c: main sets done before, under the mutex, and signals
 * nothing as nobody can wait yet.
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

static void job_skip(struct job *job)
{
	pthread_mutex_lock(&job->m);
	job->done = true;
	pthread_mutex_unlock(&job->m);
}

int main(void)
{
	struct job *job = job_new(7);

	job_skip(job);
	run_job(job);
	return 0;
}

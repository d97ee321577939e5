/*
 * Another near miss of come_late_heap.c: job_new leaves done as false, but main knows that there is
 * nothing to do.
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

__attribute__((noinline)) static void job_skip(struct job *job)
{
	job->done = true;
}

int main(void)
{
	struct job *job = job_new(7);

	if (job->number > 5)
		job_skip(job);
	run_job(job);
	return 0;
}

/*
 * Another near miss of come_late_heap.c: done is one of several, and main has printf tell how much
 * it wrote in the one with a number.
 */
/* EXPECT lock-order potential first second */
#define JOB_MEMBERS int done[4];
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

APART static void job_name(struct job *job, int which)
{
	printf("job %d%n\n", job->number, &job->done[which]);
}

int main(void)
{
	struct job *job = job_new(7);

	job_name(job, 1);
	run_job(job);
	return 0;
}

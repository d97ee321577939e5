/*
 * Near miss of come_late_heap_files.c: the numbers of two files are written to where done is, one
 * of several.
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

APART static void job_open(struct job *job, int which)
{
	if (pipe(&job->done[which]) != 0)
		abort();
}

int main(void)
{
	struct job *job = job_new(7);

	job_open(job, 1);
	run_job(job);
	return 0;
}

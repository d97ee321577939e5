/*
 * Another near miss of come_late_heap.c: done is one of several, which main reads by its number.
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

APART static void job_read(struct job *job, int which, const char *text)
{
	sscanf(text, "%d", &job->done[which]);
}

int main(void)
{
	struct job *job = job_new(7);

	job_read(job, 1, "1");
	run_job(job);
	return 0;
}

/*
 * Another near miss of come_late_heap.c: done is the beginning of one of several texts, which main
 * copies by its number.
 */
/* EXPECT lock-order potential first second */
#define JOB_MEMBERS \
	struct text { \
		bool done; \
		char rest[7]; \
	} texts[4];
#define DONE texts[1].done
#include "late_job.h"

static void take_ab(void)
{
	take_both(&a, &b); /* @first */
}

static void take_ba(void)
{
	take_both(&b, &a); /* @second */
}

APART static void job_copy(struct job *job, int which, const char *text)
{
	strcpy((char *)&job->texts[which], text);
}

int main(void)
{
	struct job *job = job_new(7);

	job_copy(job, 1, "\1");
	run_job(job);
	return 0;
}

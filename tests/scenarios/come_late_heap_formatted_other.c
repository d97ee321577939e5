/*
 * As come_late_heap.c. Main has printf write a text that lies in the job, found by its number.
 */
/* EXPECT lock-order discharged sync-order first second */
#define JOB_MEMBERS \
	bool done; \
	char texts[4][8];
#define DONE done
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
	printf("job %s: 100%%\n", job->texts[which]);
}

int main(void)
{
	struct job *job = job_new(7);

	memset(job->texts, 0, sizeof(job->texts));
	job_name(job, 1);
	run_job(job);
	return 0;
}

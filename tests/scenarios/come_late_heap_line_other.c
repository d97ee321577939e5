/*
 * As come_late_heap_line.c, but main reads into an array of its own.
 */
/* EXPECT lock-order discharged sync-order first second */
#define JOB_MEMBERS char text[16];
#define DONE text[8]
#include "late_job.h"

static void take_ab(void)
{
	take_both(&a, &b); /* @first */
}

static void take_ba(void)
{
	take_both(&b, &a); /* @second */
}

APART static void job_read(void)
{
	int ends[2];
	char text[8];

	if (pipe(ends) != 0 || write(ends[1], "!", 1) != 1 || dup2(ends[0], 0) != 0)
		abort();
	if (read(0, text, 1) != 1)
		abort();
}

int main(void)
{
	struct job *job = job_new(7);

	job_read();
	run_job(job);
	return 0;
}

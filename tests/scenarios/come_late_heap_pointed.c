/*
 * Another near miss of come_late_heap.c: who sets done has the address of just that.
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

__attribute__((noinline)) static void set(bool *flag)
{
	*flag = true;
}

int main(void)
{
	struct job *job = job_new(7);

	set(&job->done);
	run_job(job);
	return 0;
}

/*
 * As come_late.c, with a flag that lies beside its mutex in an object on the heap: job_new makes
 * it, and nobody knows it before done is false there.
 */
/* EXPECT lock-order discharged sync-order first second */
#include "late_job.h"

static void take_ab(void)
{
	take_both(&a, &b); /* @first */
}

static void take_ba(void)
{
	take_both(&b, &a); /* @second */
}

int main(void)
{
	struct job *job = job_new(7);

	run_job(job);
	return 0;
}

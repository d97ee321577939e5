/*
 * Another near miss of come_late_heap.c: done is set by where it is.
 */
/* EXPECT lock-order potential first second */
#include <stddef.h>

#include "late_job.h"

static void take_ab(void)
{
	take_both(&a, &b); /* @first */
}

static void take_ba(void)
{
	take_both(&b, &a); /* @second */
}

static volatile size_t place = offsetof(struct job, done);

__attribute__((noinline)) static void job_set(struct job *job, size_t offset)
{
	*((bool *)job + offset) = true;
}

int main(void)
{
	struct job *job = job_new(7);

	job_set(job, place);
	run_job(job);
	return 0;
}

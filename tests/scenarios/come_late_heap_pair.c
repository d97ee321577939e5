/*
 * Another near miss of come_late_heap.c: done is half of a pair of flags, which is written as a
 * whole by where it is.
 */
/* EXPECT lock-order potential first second */
#include <stddef.h>

#define JOB_MEMBERS \
	struct pair { \
		bool told, done; \
	} pair;
#define DONE pair.done
#include "late_job.h"

static void take_ab(void)
{
	take_both(&a, &b); /* @first */
}

static void take_ba(void)
{
	take_both(&b, &a); /* @second */
}

static volatile size_t place = offsetof(struct job, pair);

static struct job *volatile kept;

APART static void job_set(struct job *job, size_t offset, struct pair value)
{
	*(struct pair *)((char *)job + offset) = value;
}

int main(void)
{
	struct job *job = job_new(7);

	kept = job;
	job_set(kept, place, (struct pair){false, true});
	run_job(job);
	return 0;
}

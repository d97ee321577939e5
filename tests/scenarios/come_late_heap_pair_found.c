/*
 * Another near miss of come_late_heap.c: done is half of a pair of flags, and who writes that as a
 * whole is given its address, which was found by where it is.
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

APART static struct pair *pair_at(struct job *job, size_t offset)
{
	return (struct pair *)((char *)job + offset);
}

APART static void pair_set(struct pair *pair, struct pair value)
{
	*pair = value;
}

int main(void)
{
	struct job *job = job_new(7);

	pair_set(pair_at(job, place), (struct pair){false, true});
	run_job(job);
	return 0;
}

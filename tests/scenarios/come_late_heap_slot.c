/*
 * Another near miss of come_late_heap.c: done is part of the second of some slots, which main sets
 * by its number.
 */
/* EXPECT lock-order potential first second */
#define JOB_MEMBERS \
	struct slot { \
		long number; \
		bool done; \
	} slots[4];
#define DONE slots[1].done
#include "late_job.h"

static void take_ab(void)
{
	take_both(&a, &b); /* @first */
}

static void take_ba(void)
{
	take_both(&b, &a); /* @second */
}

__attribute__((noinline)) static struct slot *slot_of(struct job *job, int number)
{
	return &job->slots[number];
}

__attribute__((noinline)) static void slot_skip(struct slot *slot)
{
	slot->done = true;
}

int main(void)
{
	struct job *job = job_new(7);

	slot_skip(slot_of(job, 1));
	run_job(job);
	return 0;
}

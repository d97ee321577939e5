/*
 * Another near miss of come_late_heap.c: the part of the job that done is in is a copy of another
 * one's.
 */
/* EXPECT lock-order potential first second */
#define JOB_MEMBERS \
	struct { \
		bool done; \
		char text[400]; \
	} part;
#define DONE part.done
#include "late_job.h"

static void take_ab(void)
{
	take_both(&a, &b); /* @first */
}

static void take_ba(void)
{
	take_both(&b, &a); /* @second */
}

static struct job earlier = {.part = {true, "nothing"}};

__attribute__((noinline)) static void job_copy(struct job *job, const struct job *from)
{
	memcpy(&job->part, &from->part, sizeof(job->part));
}

int main(void)
{
	struct job *job = job_new(7);

	job_copy(job, &earlier);
	run_job(job);
	return 0;
}

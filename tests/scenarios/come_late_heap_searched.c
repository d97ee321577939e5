/*
 * As come_late_heap_filled, but what is called through the pointer only reads the flags: thread two
 * waits for thread one in every schedule in which that has not told it yet.
 */
/* EXPECT lock-order discharged sync-order first second */
#define JOB_MEMBERS \
	struct pair { \
		bool told, done; \
	} pair;
#define DONE pair.done
#include "late_job.h"

typedef void *search(const void *, int, size_t);

static search *volatile find = memchr;

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

	CHECK(!find(&job->pair, 1, sizeof(job->pair)));
	run_job(job);
	return 0;
}

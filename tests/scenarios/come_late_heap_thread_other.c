/*
 * Near miss of come_late_heap_thread.c: what says which thread it is lies where done does, so done
 * is anything before the job is ended.
 */
/* EXPECT lock-order potential first second */
#define JOB_MEMBERS \
	union { \
		bool done; \
		pthread_t thread; \
	};
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

static void *work(void *argument)
{
	return argument;
}

APART static int job_start(struct job *job)
{
	return pthread_create(&job->thread, NULL, work, job);
}

static int (*volatile starter)(struct job *) = job_start;

int main(void)
{
	struct job *job = job_new(7);

	if (starter(job) != 0)
		abort();
	finish(job->thread);
	run_job(job);
	return 0;
}

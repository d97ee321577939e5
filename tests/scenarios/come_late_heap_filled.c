/*
 * main makes the job, with flags that are false, and then has a function of the C library set them,
 * through a pointer, before it starts the threads. So thread two need not wait for thread one in
 * any schedule: nothing orders them.
 */
/* EXPECT lock-order potential first second */
#define JOB_MEMBERS \
	struct pair { \
		bool told, done; \
	} pair;
#define DONE pair.done
#include "late_job.h"

typedef void *fill(void *, int, size_t);

static fill *volatile set = memset;

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

	set(&job->pair, 1, sizeof(job->pair));
	run_job(job);
	return 0;
}

/*
 * Near miss of come_late_heap.c: main has a character read into memory that a variable of its own
 * leads to, which is done.
 */
/* EXPECT lock-order potential first second */
#define JOB_MEMBERS char text[16];
#define DONE text[8]
#include "late_job.h"

#include <sys/uio.h>

static void take_ab(void)
{
	take_both(&a, &b); /* @first */
}

static void take_ba(void)
{
	take_both(&b, &a); /* @second */
}

static struct iovec part;

APART static void job_choose(struct job *job, int which)
{
	part.iov_base = &job->text[which];
	part.iov_len = 1;
}

APART static void job_read(void)
{
	int ends[2];

	if (pipe(ends) != 0 || write(ends[1], "!", 1) != 1 || dup2(ends[0], 0) != 0)
		abort();
	if (readv(0, &part, 1) != 1)
		abort();
}

int main(void)
{
	struct job *job = job_new(7);

	job_choose(job, 8);
	job_read();
	run_job(job);
	return 0;
}

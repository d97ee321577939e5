/*
 * Near miss of come_late_heap.c: main has a character read into memory that its frame leads to,
 * which is done.
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

APART static void job_read(struct job *job, int which)
{
	struct iovec part = {.iov_base = &job->text[which], .iov_len = 1};
	int ends[2];

	if (pipe(ends) != 0 || write(ends[1], "!", 1) != 1 || dup2(ends[0], 0) != 0)
		abort();
	if (readv(0, &part, 1) != 1)
		abort();
}

int main(void)
{
	struct job *job = job_new(7);

	job_read(job, 8);
	run_job(job);
	return 0;
}

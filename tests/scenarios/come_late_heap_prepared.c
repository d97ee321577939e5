/*
 * A near miss of come_late_heap.c: main reads from a pipe to where a function of its own said, in a
 * variable of main's: a place in the job, which that one found. It is done then. In
 * come_late_heap_prepared_own.c what is said is a variable of main's, too.
 */
/* EXPECT lock-order potential first second */
#include <stddef.h>
#include <sys/uio.h>

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

APART static void prepare(struct iovec *part, void *to)
{
	*part = (struct iovec){.iov_base = to, .iov_len = 1};
}

APART static void read_into(struct job *job, int from)
{
	struct iovec part;

	prepare(&part, (char *)job + place);
	CHECK(readv(from, &part, 1) == 1);
}

int main(void)
{
	struct job *job = job_new(7);
	const bool done = true;
	int ends[2];

	CHECK(pipe(ends) == 0 && write(ends[1], &done, 1) == 1);
	read_into(job, ends[0]);
	run_job(job);
	return 0;
}

/*
 * As come_late_heap.c. Main reads from a pipe to where one of its variables says: to another one.
 * The near miss is come_late_heap_prepared.c.
 */
/* EXPECT lock-order discharged sync-order first second */
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

APART static bool read_from(int from)
{
	bool read;
	struct iovec part = {.iov_base = &read, .iov_len = 1};

	CHECK(readv(from, &part, 1) == 1);
	return read;
}

int main(void)
{
	struct job *job = job_new(7);
	const bool done = true;
	int ends[2];

	CHECK(pipe(ends) == 0 && write(ends[1], &done, 1) == 1);
	CHECK(read_from(ends[0]));
	run_job(job);
	return 0;
}

/*
 * As come_late_heap_jump.c, but the function jumps on to memchr, which writes nothing.
 */
/* EXPECT lock-order discharged sync-order first second */
#include <stddef.h>
#define JOB_MEMBERS char text[16];
#define DONE text[8]
#include "late_job.h"

void *memchr(const void *in, int value, size_t count) __attribute__((noplt));

static void take_ab(void)
{
	take_both(&a, &b); /* @first */
}

static void take_ba(void)
{
	take_both(&b, &a); /* @second */
}

__attribute__((noinline, noclone, optimize("optimize-sibling-calls"))) static void *
find(const void *in, int value, size_t count)
{
	return memchr(in, value, count);
}

static void *(*volatile finder)(const void *, int, size_t) = find;
static volatile size_t place = 8;

int main(void)
{
	struct job *job = job_new(7);

	if (!finder(job->text + place, 1, 1))
		run_job(job);
	return 0;
}

/*
 * As come_late_heap_jump.c, but the function jumps on to memchr, which writes nothing.
 */
/* EXPECT lock-order discharged sync-order first second */
#include <stddef.h>
#define JOB_MEMBERS char text[16];
#define DONE text[8]
#include "late_job.h"

/* Where the compiler does not know how to jump on it calls, which changes nothing. */
#ifdef __clang__
#define NO_STUB
#define JUMPS __attribute__((noinline))
#else
#define NO_STUB __attribute__((noplt))
#define JUMPS __attribute__((noinline, noclone, optimize("optimize-sibling-calls")))
#endif

void *memchr(const void *in, int value, size_t count) NO_STUB;

static void take_ab(void)
{
	take_both(&a, &b); /* @first */
}

static void take_ba(void)
{
	take_both(&b, &a); /* @second */
}

JUMPS static void *find(const void *in, int value, size_t count)
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

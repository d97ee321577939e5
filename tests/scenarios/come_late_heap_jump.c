/*
 * Near miss of come_late_heap.c: main sets done by a function of the program that only jumps on to
 * memset, and which is called through a pointer.
 */
/* EXPECT lock-order potential first second */
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

void *memset(void *to, int value, size_t count) NO_STUB;

static void take_ab(void)
{
	take_both(&a, &b); /* @first */
}

static void take_ba(void)
{
	take_both(&b, &a); /* @second */
}

JUMPS static void *set_all(void *to, int value, size_t count)
{
	return memset(to, value, count);
}

static void *(*volatile setter)(void *, int, size_t) = set_all;
static volatile size_t place = 8;

int main(void)
{
	struct job *job = job_new(7);

	setter(job->text + place, 1, 1);
	run_job(job);
	return 0;
}

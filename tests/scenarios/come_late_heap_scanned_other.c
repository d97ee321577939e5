/*
 * As come_late_heap.c. Main reads a number, but into a variable of its own.
 */
/* EXPECT lock-order discharged sync-order first second */
#define JOB_MEMBERS int done[4];
#define DONE done[1]
#include "late_job.h"

static void take_ab(void)
{
	take_both(&a, &b); /* @first */
}

static void take_ba(void)
{
	take_both(&b, &a); /* @second */
}

APART static int number_of(const char *text)
{
	int number = 0;

	sscanf(text, "%d", &number);
	return number;
}

int main(void)
{
	struct job *job = job_new(number_of("7"));

	run_job(job);
	return 0;
}

/*
 * As come_late_heap.c, but main keeps its jobs in a table, by their numbers.
 */
/* EXPECT lock-order discharged sync-order first second */
#include "late_job.h"

static void take_ab(void)
{
	take_both(&a, &b); /* @first */
}

static void take_ba(void)
{
	take_both(&b, &a); /* @second */
}

static struct job *volatile jobs[4];

APART static struct job *job_make(int number)
{
	return job_new(number);
}

APART static void job_keep(struct job *volatile *table, int number)
{
	table[number] = job_make(number);
}

int main(void)
{
	job_keep(jobs, 1);
	run_job(jobs[1]);
	return 0;
}

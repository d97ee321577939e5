/*
 * A task is created, and its creator waits for another thread before it does the task. Others of
 * the team can do that while the other thread runs.
 */
/* NEEDS openmp */
/* EXPECT lock-order potential first second */
/* ACQUISITIONS 4 */
#include "omp_tasks.h"

static void *other(void *unused)
{
	second(); /* @second */
	return unused;
}

static void program(void)
{
#pragma omp task
	first(); /* @first */
	finish(start(other, NULL));
#pragma omp taskwait
}

int main(void)
{
	in_a_team(program);
	return 0;
}

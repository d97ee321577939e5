/*
 * The near miss of omp_task_joined.c: the task is created when the other thread is over.
 */
/* NEEDS openmp */
/* EXPECT lock-order discharged thread-order first second */
/* ACQUISITIONS 4 */
#include "omp_tasks.h"

static void *other(void *unused)
{
	second(); /* @second */
	return unused;
}

static void program(void)
{
	finish(start(other, NULL));
#pragma omp task
	first(); /* @first */
#pragma omp taskwait
}

int main(void)
{
	in_a_team(program);
	return 0;
}

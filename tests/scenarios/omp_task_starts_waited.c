/*
 * The near miss of omp_task_starts.c: it has waited for the task.
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
#pragma omp task
	first(); /* @first */
#pragma omp taskwait
	finish(start(other, NULL));
}

int main(void)
{
	in_a_team(program);
	return 0;
}

/*
 * The near miss of omp_task_child.c: it is the task with the other order that it waits for.
 */
/* NEEDS openmp */
/* EXPECT lock-order discharged sync-order first second */
/* ACQUISITIONS 4 */
#include "omp_tasks.h"

static void program(void)
{
#pragma omp task
	{
#pragma omp task
		first(); /* @first */
#pragma omp taskwait
		second(); /* @second */
	}
#pragma omp taskwait
}

int main(void)
{
	in_a_team(program);
	return 0;
}

/*
 * The near miss of omp_task_creator.c: what its creator does comes after its wait for the task.
 */
/* NEEDS openmp */
/* EXPECT lock-order discharged sync-order first second */
/* ACQUISITIONS 4 */
#include "omp_tasks.h"

static void program(void)
{
#pragma omp task
	first(); /* @first */
#pragma omp taskwait
	second(); /* @second */
}

int main(void)
{
	in_a_team(program);
	return 0;
}

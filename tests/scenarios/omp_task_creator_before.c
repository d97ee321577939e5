/*
 * The near miss of omp_task_creator.c: what its creator does comes before the task is created.
 */
/* NEEDS openmp */
/* EXPECT lock-order discharged sync-order first second */
/* ACQUISITIONS 4 */
#include "omp_tasks.h"

static void program(void)
{
	second(); /* @second */
#pragma omp task
	first(); /* @first */
#pragma omp taskwait
}

int main(void)
{
	in_a_team(program);
	return 0;
}

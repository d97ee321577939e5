/*
 * The near miss of omp_task_order.c: who creates the tasks waits for the one before it creates the
 * other (OpenMP 5.1, 2.19.5).
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
#pragma omp task
	second(); /* @second */
#pragma omp taskwait
}

int main(void)
{
	in_a_team(program);
	return 0;
}

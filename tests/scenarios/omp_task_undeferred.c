/*
 * The near miss of omp_task_order.c: each task is done by its creator, which goes on afterwards
 * (OpenMP 5.1, 2.12.1: if).
 */
/* NEEDS openmp */
/* EXPECT lock-order discharged single-thread first second */
/* ACQUISITIONS 4 */
#include "omp_tasks.h"

static void program(void)
{
	const bool deferred = omp_get_num_threads() > 2;

#pragma omp task if (deferred)
	first(); /* @first */
#pragma omp task if (deferred)
	second(); /* @second */
}

int main(void)
{
	in_a_team(program);
	return 0;
}

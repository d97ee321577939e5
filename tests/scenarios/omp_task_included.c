/*
 * The near miss of omp_task_order.c: the tasks are those of a final one, which does them itself
 * (OpenMP 5.1, 2.12.1: final).
 */
/* NEEDS openmp */
/* EXPECT lock-order discharged single-thread first second */
/* ACQUISITIONS 4 */
#include "omp_tasks.h"

static void program(void)
{
#pragma omp task final(omp_get_num_threads() == 2)
	{
#pragma omp task
		first(); /* @first */
#pragma omp task
		second(); /* @second */
	}
#pragma omp taskwait
}

int main(void)
{
	in_a_team(program);
	return 0;
}

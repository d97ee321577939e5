/*
 * The near miss of omp_task_order.c: one task takes the locks in both orders, one after the other.
 */
/* NEEDS openmp */
/* EXPECT lock-order discharged single-thread first second */
/* ACQUISITIONS 4 */
#include "omp_tasks.h"

static void program(void)
{
#pragma omp task
	{
		first();  /* @first */
		second(); /* @second */
	}
#pragma omp taskwait
}

int main(void)
{
	in_a_team(program);
	return 0;
}

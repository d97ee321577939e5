/*
 * The near miss of omp_task_order.c: the team has one thread.
 */
/* NEEDS openmp */
/* EXPECT lock-order discharged single-thread first second */
/* ACQUISITIONS 4 */
#include "omp_tasks.h"

static void program(void)
{
#pragma omp task
	first(); /* @first */
#pragma omp task
	second(); /* @second */
#pragma omp taskwait
}

int main(void)
{
	both_init();
#pragma omp parallel num_threads(1)
	program();
	return 0;
}

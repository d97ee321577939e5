/*
 * The near miss of omp_task_order_waited.c: it waits before it creates either of them.
 */
/* NEEDS openmp */
/* EXPECT lock-order potential first second */
/* ACQUISITIONS 4 */
#include "omp_tasks.h"

static void program(void)
{
#pragma omp task
	omp_get_thread_num();
#pragma omp taskwait
#pragma omp task
	first(); /* @first */
#pragma omp task
	second(); /* @second */
#pragma omp taskwait
}

int main(void)
{
	in_a_team(program);
	return 0;
}

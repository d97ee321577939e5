/*
 * The near miss of omp_task_order.c: both tasks take another lock around theirs.
 */
/* NEEDS openmp */
/* EXPECT lock-order discharged gate-lock first second */
/* ACQUISITIONS 6 */
#include "omp_tasks.h"

static omp_lock_t gate;

static void program(void)
{
#pragma omp task
	{
		omp_set_lock(&gate);
		first(); /* @first */
		omp_unset_lock(&gate);
	}
#pragma omp task
	{
		omp_set_lock(&gate);
		second(); /* @second */
		omp_unset_lock(&gate);
	}
#pragma omp taskwait
}

int main(void)
{
	omp_init_lock(&gate);
	in_a_team(program);
	return 0;
}

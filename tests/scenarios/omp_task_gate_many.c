/*
 * Like omp_task_gate.c, and there are more tasks than are told apart.
 */
/* NEEDS openmp */
/* EXPECT lock-order discharged gate-lock first second */
/* ACQUISITIONS 9000 */
#include "omp_tasks.h"

static omp_lock_t gate;

static void program(void)
{
	for (int i = 0; i < 3000; i++) {
#pragma omp task
		{
			omp_set_lock(&gate);
			if (i % 2 == 0)
				first(); /* @first */
			else
				second(); /* @second */
			omp_unset_lock(&gate);
		}
	}
#pragma omp taskwait
}

int main(void)
{
	omp_init_lock(&gate);
	in_a_team(program);
	return 0;
}

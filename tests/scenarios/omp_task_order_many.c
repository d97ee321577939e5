/*
 * The near miss of omp_task_gate_many.c: nothing is taken around them.
 */
/* NEEDS openmp */
/* EXPECT lock-order potential first second */
/* ACQUISITIONS 6000 */
#include "omp_tasks.h"

static void program(void)
{
	for (int i = 0; i < 3000; i++) {
#pragma omp task
		{
			if (i < 1500)
				first(); /* @first */
			else
				second(); /* @second */
		}
	}
#pragma omp taskwait
}

int main(void)
{
	in_a_team(program);
	return 0;
}

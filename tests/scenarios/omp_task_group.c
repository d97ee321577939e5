/*
 * Opposite orders in two tasks, the first of which is over when its group is (OpenMP 5.1, 2.19.6).
 */
/* NEEDS openmp */
/* EXPECT lock-order discharged sync-order first second */
/* ACQUISITIONS 4 */
#include "omp_tasks.h"

static void program(void)
{
#pragma omp taskgroup
	{
#pragma omp task
		first(); /* @first */
	}
#pragma omp task
	second(); /* @second */
#pragma omp taskwait
}

int main(void)
{
	in_a_team(program);
	return 0;
}

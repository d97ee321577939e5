/*
 * The near miss of omp_taskloop_order.c: they are tasks of two loops, the first of which is waited
 * for at its end (OpenMP 5.1, 2.12.2).
 */
/* NEEDS openmp */
/* EXPECT lock-order discharged sync-order first second */
/* ACQUISITIONS 4 */
#include "omp_tasks.h"

static void program(void)
{
#pragma omp taskloop num_tasks(2)
	for (int i = 0; i < 2; i++) {
		if (i == 0)
			first(); /* @first */
	}
#pragma omp taskloop num_tasks(2)
	for (unsigned long long i = 0; i < 2; i++) {
		if (i == 1)
			second(); /* @second */
	}
}

int main(void)
{
	in_a_team(program);
	return 0;
}

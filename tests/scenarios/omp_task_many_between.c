/*
 * The near miss of omp_task_many_behind.c: the opposite order is in the region, before the wait.
 */
/* NEEDS openmp */
/* EXPECT lock-order potential first second */
/* ACQUISITIONS 6002 */
#include "omp_tasks.h"

static void program(void)
{
	for (int i = 0; i < 3000; i++) {
#pragma omp task
		first(); /* @first */
	}
	second(); /* @second */
#pragma omp taskwait
}

int main(void)
{
	in_a_team(program);
	return 0;
}

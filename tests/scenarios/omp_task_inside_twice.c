/*
 * The near miss of omp_task_inside.c: there are two such tasks.
 */
/* NEEDS openmp */
/* EXPECT lock-order potential first second */
/* ACQUISITIONS 8 */
#include "omp_tasks.h"

static void program(void)
{
	for (int i = 0; i < 2; i++) {
#pragma omp task
		{
			first();  /* @first */
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

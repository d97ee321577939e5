/*
 * A task waits for its own, not for those of the thread that creates it: the wait is for nothing
 * that the other task does.
 */
/* NEEDS openmp */
/* EXPECT lock-order potential first second */
/* ACQUISITIONS 4 */
#include "omp_tasks.h"

static void program(void)
{
#pragma omp task
	first(); /* @first */
#pragma omp task
	{
#pragma omp task
		omp_get_thread_num();
#pragma omp taskwait
		second(); /* @second */
	}
#pragma omp taskwait
}

int main(void)
{
	in_a_team(program);
	return 0;
}

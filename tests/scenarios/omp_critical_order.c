/*
 * Critical sections of OpenMP inside of each other, in opposite orders: one with a name, the other
 * with none. They are locks, and the deadlock can happen.
 */
/* NEEDS openmp */
/* EXPECT lock-order potential first second */
/* ACQUISITIONS 4 */
/* OUTPUT 2 */
#include "scenario.h"

#include <omp.h>

static int count;

static void first(void)
{
#pragma omp critical(named)
	{
#pragma omp critical /* @first */
		count++;
	}
	stage_reach(1);
}

static void second(void)
{
	stage_await(1);
#pragma omp critical
	{
#pragma omp critical(named) /* @second */
		count++;
	}
}

int main(void)
{
#pragma omp parallel num_threads(2)
	{
		if (omp_get_thread_num() == 0)
			first();
		else
			second();
	}
	printf("%d\n", count);
	return 0;
}

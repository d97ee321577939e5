/* The near miss of omp_critical_order.c: the one with the name is always the outer one. */
/* NEEDS openmp */
/* EXPECT none */
/* ACQUISITIONS 4 */
/* OUTPUT 2 */
#include "scenario.h"

#include <omp.h>

static int count;

static void first(void)
{
#pragma omp critical(named)
	{
#pragma omp critical
		count++;
	}
	stage_reach(1);
}

static void second(void)
{
	stage_await(1);
#pragma omp critical(named)
	{
#pragma omp critical
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

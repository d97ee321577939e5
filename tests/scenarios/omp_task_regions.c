/*
 * Opposite orders in tasks of two regions, one after the other.
 */
/* NEEDS openmp */
/* EXPECT lock-order discharged sync-order first second */
/* ACQUISITIONS 4 */
#include "omp_tasks.h"

static void one(void)
{
#pragma omp task
	first(); /* @first */
#pragma omp taskwait
}

static void two(void)
{
#pragma omp task
	second(); /* @second */
#pragma omp taskwait
}

int main(void)
{
	in_a_team(one);
	stage_reach(0);
	in_a_team(two);
	return 0;
}

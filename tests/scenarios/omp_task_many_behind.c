/*
 * More tasks than are told apart, and the opposite order before the region in which they are, and
 * behind it.
 */
/* NEEDS openmp */
/* EXPECT lock-order discharged sync-order first second */
/* ACQUISITIONS 6004 */
#include "omp_tasks.h"

static void program(void)
{
	for (int i = 0; i < 3000; i++) {
#pragma omp task
		first(); /* @first */
	}
#pragma omp taskwait
}

static void other(void)
{
	second(); /* @second */
}

int main(void)
{
	both_init();
	other();
	in_a_team(program);
	other();
	return 0;
}

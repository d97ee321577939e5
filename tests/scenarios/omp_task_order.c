/*
 * Opposite orders in two tasks that nothing orders: two threads can do them at the same time,
 * though here one does both.
 */
/* NEEDS openmp */
/* EXPECT lock-order potential first second */
/* ACQUISITIONS 4 */
/* SAYS in another task */
#include "omp_tasks.h"

static void program(void)
{
#pragma omp task
	first(); /* @first */
#pragma omp task
	second(); /* @second */
#pragma omp taskwait
}

int main(void)
{
	in_a_team(program);
	return 0;
}

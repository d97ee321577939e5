/*
 * Opposite orders in two tasks of a loop: of these, too, two threads can do them at the same time.
 */
/* NEEDS openmp */
/* EXPECT lock-order potential first second */
/* ACQUISITIONS 4 */
#include "omp_tasks.h"

static void program(void)
{
#pragma omp taskloop num_tasks(2)
	for (int i = 0; i < 2; i++) {
		if (i == 0)
			first(); /* @first */
		else
			second(); /* @second */
	}
}

int main(void)
{
	in_a_team(program);
	return 0;
}

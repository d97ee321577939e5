/*
 * A thread does a task while it waits for others, and starts another thread then: nobody has waited
 * for that task, which others of the team can do later.
 */
/* NEEDS openmp */
/* EXPECT lock-order potential first second */
/* ACQUISITIONS 4 */
#include "omp_tasks.h"

static void *other(void *unused)
{
	second(); /* @second */
	return unused;
}

static void program(void)
{
#pragma omp task
	first(); /* @first */
#pragma omp taskgroup
	{
#pragma omp task
		omp_get_thread_num();
	}
	finish(start(other, NULL));
#pragma omp taskwait
}

int main(void)
{
	in_a_team(program);
	return 0;
}

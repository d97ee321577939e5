/*
 * The near miss of omp_task_gate.c: it is who waits for the tasks that has that lock, whichever
 * threads do them. So it keeps nobody apart.
 */
/* NEEDS openmp */
/* EXPECT lock-order potential first second */
/* ACQUISITIONS 5 */
#include "omp_tasks.h"

static omp_lock_t gate;

static void program(void)
{
	omp_set_lock(&gate);
#pragma omp task
	first(); /* @first */
#pragma omp task
	second(); /* @second */
#pragma omp taskwait
	omp_unset_lock(&gate);
}

int main(void)
{
	omp_init_lock(&gate);
	in_a_team(program);
	return 0;
}

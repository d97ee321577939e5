/*
 * The near miss of omp_task_posted.c: the task is created when that is taken.
 */
/* NEEDS openmp */
/* EXPECT lock-order discharged sync-order first second */
#include "omp_tasks.h"

#include <semaphore.h>

static sem_t done;

static void program(void)
{
	sem_wait(&done);
#pragma omp task
	first(); /* @first */
#pragma omp taskwait
}

int main(void)
{
	both_init();
	sem_init(&done, 0, 0);
#pragma omp parallel num_threads(2)
	{
		if (omp_get_thread_num() == 0) {
			program();
			stage_reach(1);
		} else {
			second(); /* @second */
			sem_post(&done);
			stage_await(1);
		}
	}
	return 0;
}

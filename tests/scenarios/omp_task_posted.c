/*
 * A task is created, and its creator takes what another thread posts before it does the task.
 * Others of the team could do that at once.
 */
/* NEEDS openmp */
/* EXPECT lock-order potential first second */
#include "omp_tasks.h"

#include <semaphore.h>

static sem_t done;

static void program(void)
{
#pragma omp task
	first(); /* @first */
	sem_wait(&done);
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

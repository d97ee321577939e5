/* Two threads of a parallel region that wait for each other's lock: each has one, and wants both.
 */
/* NEEDS openmp */
/* HANGS 2 */
/* EXPECT deadlock-cycle observed first second */
#include "hang.h"

#include <omp.h>

static omp_lock_t lock_a, lock_b;

static void first(void)
{
	omp_set_lock(&lock_a);
	meet(2);
	omp_set_lock(&lock_b); /* @first */
	omp_unset_lock(&lock_b);
	omp_unset_lock(&lock_a);
}

static void second(void)
{
	omp_set_lock(&lock_b);
	meet(2);
	omp_set_lock(&lock_a); /* @second */
	omp_unset_lock(&lock_a);
	omp_unset_lock(&lock_b);
}

int main(void)
{
	omp_init_lock(&lock_a);
	omp_init_lock(&lock_b);
#pragma omp parallel num_threads(2)
	{
		if (omp_get_thread_num() == 0)
			first();
		else
			second();
	}
	omp_destroy_lock(&lock_a);
	omp_destroy_lock(&lock_b);
	return 0;
}

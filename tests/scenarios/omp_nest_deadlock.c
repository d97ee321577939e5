/* Two threads of a parallel region that wait for each other's nestable lock. */
/* NEEDS openmp */
/* HANGS 2 */
/* EXPECT deadlock-cycle observed first second */
#include "hang.h"

#include <omp.h>

static omp_nest_lock_t a, b;

static void first(void)
{
	omp_set_nest_lock(&a);
	meet(2);
	omp_set_nest_lock(&b); /* @first */
	omp_unset_nest_lock(&b);
	omp_unset_nest_lock(&a);
}

static void second(void)
{
	omp_set_nest_lock(&b);
	omp_set_nest_lock(&b);
	omp_unset_nest_lock(&b);
	meet(2);
	omp_set_nest_lock(&a); /* @second */
	omp_unset_nest_lock(&a);
	omp_unset_nest_lock(&b);
}

int main(void)
{
	omp_init_nest_lock(&a);
	omp_init_nest_lock(&b);
#pragma omp parallel num_threads(2)
	{
		if (omp_get_thread_num() == 0)
			first();
		else
			second();
	}
	return 0;
}

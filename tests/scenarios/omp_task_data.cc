// What tasks are given arrives: objects that are copied, aligned data, more tasks than are queued,
// and shares of a loop. Opposite orders in two of them.
/* NEEDS openmp */
/* EXPECT lock-order potential first second */
/* ALLOW discharged */
/* OUTPUT 124750 499500 4950 80 9 */
#include "omp_tasks.h"

#include <string>

struct alignas(64) wide {
	long values[10];
};

static long queued, looped, wanted, length, aligned;

static void add(long &sum, long value)
{
	__atomic_add_fetch(&sum, value, __ATOMIC_RELAXED);
}

static void program()
{
	std::string text(80, 'x');
	wide given = {{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}};

	for (long i = 0; i < 500; i++) {
#pragma omp task firstprivate(i)
		add(queued, i);
	}
#pragma omp taskwait
#pragma omp taskloop grainsize(7)
	for (long i = 0; i < 1000; i++)
		add(looped, i);
#pragma omp taskloop firstprivate(text) num_tasks(3) reduction(+ : wanted)
	for (unsigned long long i = 0; i < 100; i++)
		wanted += i + (text.size() - 80);
#pragma omp task firstprivate(text)
	{
		add(length, (long)text.size());
		first(); /* @first */
	}
#pragma omp task firstprivate(given)
	{
		add(aligned, (uintptr_t)&given % 64 == 0 ? given.values[9] : -1);
		second(); /* @second */
	}
	text.clear();
	given.values[9] = 0;
#pragma omp taskwait
}

int main()
{
	in_a_team(program);
	printf("%ld %ld %ld %ld %ld\n", queued, looped, wanted, length, aligned);
	return 0;
}

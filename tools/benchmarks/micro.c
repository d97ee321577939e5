/*
 * Usage: micro CASE [FRACTION]. Prints the ns of one operation: the median of REPETITIONS, each of
 * the case's number of operations divided by FRACTION. Exit 77: cannot run here.
 */
#include "micro.h"

#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { REPETITIONS = 7, SKIPPED = 77 };

static const struct micro *const tables[] = {micro_alone, micro_lives, micro_rwlock,
					     micro_semaphore, micro_together};

void micro_must(const char *what, int result)
{
	if (result == 0)
		return;
	fprintf(stderr, "%s: %s\n", what, strerror(result));
	exit(1);
}

void micro_pin(unsigned nth)
{
	cpu_set_t allowed, one;

	sched_getaffinity(getppid(), sizeof(allowed), &allowed);
	nth %= (unsigned)CPU_COUNT(&allowed);
	CPU_ZERO(&one);
	for (int cpu = 0; cpu < CPU_SETSIZE; cpu++) {
		if (CPU_ISSET(cpu, &allowed) && nth-- == 0)
			CPU_SET(cpu, &one);
	}
	sched_setaffinity(0, sizeof(one), &one);
}

static int core_count(void)
{
	cpu_set_t allowed;

	return sched_getaffinity(0, sizeof(allowed), &allowed) ? 1 : CPU_COUNT(&allowed);
}

static const struct micro *find(const char *name)
{
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
		for (const struct micro *micro = tables[i]; micro->name; micro++) {
			if (strcmp(micro->name, name) == 0)
				return micro;
		}
	}
	fprintf(stderr, "micro: no case %s\n", name);
	exit(2);
}

static int compare(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void *park(void *unused)
{
	pause();
	return unused;
}

int main(int argc, char **argv)
{
	const struct micro *micro = find(argc > 1 ? argv[1] : "");
	uint64_t fraction = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
	uint64_t operations = micro->operations / (fraction ? fraction : 1);
	double ns[REPETITIONS];
	pthread_t parked;

	if (micro->cores && core_count() < 2)
		return SKIPPED;
	if (micro->threads)
		micro_must("pthread_create", pthread_create(&parked, NULL, park, NULL));
	operations = operations ? operations : 1;
	for (int i = 0; i < REPETITIONS; i++)
		ns[i] = micro->run(operations) / (double)operations;
	qsort(ns, REPETITIONS, sizeof(ns[0]), compare);
	printf("%.3f\n", ns[REPETITIONS / 2]);
	return 0;
}

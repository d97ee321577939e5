/*
 * However many situations a thread comes into, all of its acquisitions are counted.
 *
 *	counted LOCKS ROUNDS
 *
 * takes each of so many locks inside another one, in each round: some of them often, others in
 * other rounds, and some only during a life in one round. Two threads do so, one after the other.
 * Prints for each lock that lives on where it is and how often it was taken, and for the others
 * together, under `-`.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum { SHORT_LIVED = 16, OFTEN = 600, PHASE = 7 };

static pthread_mutex_t outer = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t *locks;
static unsigned long *counts, lost, outer_count;
static unsigned long lock_count, rounds;

static void take(unsigned long which)
{
	pthread_mutex_lock(&outer);
	pthread_mutex_lock(&locks[which]);
	counts[which]++;
	outer_count++;
	pthread_mutex_unlock(&locks[which]);
	pthread_mutex_unlock(&outer);
}

static void *work(void *unused)
{
	for (unsigned long round = 0; round < rounds; round++) {
		for (unsigned long i = 0; i < lock_count; i++)
			take(i);
		/* The same few all the time, and others in each round. */
		for (unsigned long i = 0; i < OFTEN; i++) {
			take(i % PHASE % lock_count);
			take((round * PHASE + i % PHASE) % lock_count);
		}
		for (unsigned long i = SHORT_LIVED - 1; i < lock_count; i += SHORT_LIVED) {
			pthread_mutex_destroy(&locks[i]);
			pthread_mutex_init(&locks[i], NULL);
		}
	}
	return unused;
}

int main(int count, char **arguments)
{
	if (count != 3)
		return 2;
	lock_count = strtoul(arguments[1], NULL, 10);
	rounds = strtoul(arguments[2], NULL, 10);
	locks = calloc(lock_count, sizeof(*locks));
	counts = calloc(lock_count, sizeof(*counts));
	if (!locks || !counts)
		return 1;
	for (int i = 0; i < 2; i++) {
		pthread_t thread;

		if (pthread_create(&thread, NULL, work, NULL) || pthread_join(thread, NULL))
			return 1;
	}
	printf("%p %lu\n", (void *)&outer, outer_count);
	for (unsigned long i = 0; i < lock_count; i++) {
		if (i % SHORT_LIVED == SHORT_LIVED - 1)
			lost += counts[i];
		else
			printf("%p %lu\n", (void *)&locks[i], counts[i]);
	}
	printf("- %lu\n", lost);
	free(locks);
	free(counts);
	return 0;
}

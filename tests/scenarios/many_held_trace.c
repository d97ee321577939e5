/*
 * A thousand locks are taken and given back in the same order, again and again, as Python's
 * concurrent.futures.wait does with its futures. Nothing is taken in between: there are a thousand
 * situations and no more, however the locks are given back.
 */
/* EXPECT none */
/* ACQUISITIONS 5000 */
/* TRACE <=1024 */
#include "scenario.h"

enum { ALL = 1000, ROUNDS = 5 };

static pthread_mutex_t held[ALL];

int main(void)
{
	for (int i = 0; i < ALL; i++)
		pthread_mutex_init(&held[i], NULL);
	for (int round = 0; round < ROUNDS; round++) {
		for (int i = 0; i < ALL; i++)
			pthread_mutex_lock(&held[i]);
		for (int i = 0; i < ALL; i++)
			pthread_mutex_unlock(&held[i]);
	}
	return 0;
}

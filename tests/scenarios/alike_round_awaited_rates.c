/*
 * A hundred rounds whose creator takes four units of one semaphore in each, and one of another one.
 * In the last one a thread takes first and then second before it posts that one, and the creator
 * takes second and then first when it has its unit, which nobody else posts. So they never meet:
 * that the first semaphore has been taken too often to say anything makes no difference.
 */
/* EXPECT lock-order discharged sync-order first second */
#include "alike_round_awaited.h"

enum { UNITS = 4, LAST = 100 };

static sem_t other;
static bool last;

static void *run(void *argument)
{
	const bool first_of_them = argument;

	for (int i = 0; i < UNITS / 2; i++)
		CHECK(sem_post(&there) == 0);
	if (first_of_them && last) {
		pthread_mutex_lock(&a);
		pthread_mutex_lock(&b); /* @first */
		pthread_mutex_unlock(&b);
		pthread_mutex_unlock(&a);
	}
	if (first_of_them)
		CHECK(sem_post(&other) == 0);
	return NULL;
}

int main(void)
{
	CHECK(sem_init(&there, 0, 0) == 0);
	CHECK(sem_init(&other, 0, 0) == 0);
	for (int round = 0; round <= LAST; round++) {
		last = round == LAST;
		made[0] = start(run, &last);
		made[1] = start(run, NULL);
		take(UNITS);
		CHECK(sem_wait(&other) == 0);
		if (last) {
			pthread_mutex_lock(&b);
			pthread_mutex_lock(&a); /* @second */
			pthread_mutex_unlock(&a);
			pthread_mutex_unlock(&b);
		}
		end_round();
	}
	return 0;
}

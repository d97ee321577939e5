/*
 * As alike_round_awaited_rates.c, but it is the other thread of the last round that takes first and
 * then second, after its last post: nobody waits for that before it is joined. (That it comes later
 * here is so that it does not hang.) Not all takes of the semaphores are written down, and no
 * schedule is told.
 */
/* EXPECT lock-order potential first second */
#include "alike_round_awaited.h"

enum { UNITS = 4, LAST = 100 };

static sem_t other;
static bool last;

static void *run(void *argument)
{
	const bool first_of_them = argument;

	for (int i = 0; i < UNITS / 2; i++)
		CHECK(sem_post(&there) == 0);
	if (!first_of_them && last) {
		stage_await_in(&done, 1);
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
			__atomic_store_n(&done, 1, __ATOMIC_RELEASE);
		}
		end_round();
	}
	return 0;
}

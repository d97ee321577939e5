/*
 * The near miss of alike_round_awaited_skipped.c: those of the last round post another semaphore.
 */
/* EXPECT lock-order discharged sync-order first second */
#include "alike_round_awaited.h"

static sem_t last;

static void *run(void *argument)
{
	(void)argument;
	return post();
}

static void *run_ab(void *argument)
{
	(void)argument;
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	__atomic_add_fetch(&done, 1, __ATOMIC_RELEASE);
	sem_post(&last);
	return NULL;
}

static void take_ba(void)
{
	stage_await_in(&done, 2);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
}

int main(void)
{
	CHECK(sem_init(&there, 0, 0) == 0 && sem_init(&last, 0, 0) == 0);
	for (int round = 0; round < 5 * ROUNDS; round++) {
		begin_round(run);
		stage_await_in(&done, 2);
		if (__atomic_load_n(&done, __ATOMIC_ACQUIRE) == 2)
			take(2);
		end_round();
	}
	begin_round(run_ab);
	CHECK(sem_wait(&last) == 0 && sem_wait(&last) == 0);
	take_ba();
	end_round();
	return 0;
}

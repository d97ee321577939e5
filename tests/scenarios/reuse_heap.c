/*
 * A mutex on the heap is destroyed and its memory given back; the next allocation of that size
 * gets the same memory, and a new mutex is made there. The first one was taken before `other`, the
 * second one is taken after it: two locks, whatever their address.
 */
/* EXPECT none */
/* OUTPUT same address */
#include "scenario.h"

static pthread_mutex_t other = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t *m;

static void make(void)
{
	m = malloc(sizeof(*m));
	CHECK(m && pthread_mutex_init(m, NULL) == 0);
}

static int turn;

/* Unlike a stage, this lets nobody pass before his turn, as the end of the first life demands. */
static void await_turn(int number)
{
	while (__atomic_load_n(&turn, __ATOMIC_ACQUIRE) < number)
		usleep(1000);
}

static void *first_life(void *argument)
{
	pthread_mutex_lock(m);
	pthread_mutex_lock(&other);
	pthread_mutex_unlock(&other);
	pthread_mutex_unlock(m);
	__atomic_store_n(&turn, 1, __ATOMIC_RELEASE);
	return argument;
}

static void *second_life(void *argument)
{
	await_turn(2);
	pthread_mutex_lock(&other);
	pthread_mutex_lock(m);
	pthread_mutex_unlock(m);
	pthread_mutex_unlock(&other);
	return argument;
}

static void *renew(void *argument)
{
	await_turn(1);
	uintptr_t before = (uintptr_t)m;

	CHECK(pthread_mutex_destroy(m) == 0);
	free(m);
	make();
	CHECK((uintptr_t)m == before);
	puts("same address");
	__atomic_store_n(&turn, 2, __ATOMIC_RELEASE);
	return argument;
}

int main(void)
{
	pthread_t third;

	make();
	third = start(renew, NULL);
	run_two(first_life, second_life);
	finish(third);
	return 0;
}

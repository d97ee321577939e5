/*
 * A static mutex is destroyed and initialised again; before, it was taken before `other`,
 * afterwards it is taken after it. A destroyed mutex that is initialised is another mutex at the
 * same place (POSIX pthread_mutex_destroy), so there are three locks here, and no circle.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t other = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int turn;

/* Unlike a stage, this lets nobody pass before his turn, as the end of the first life demands. */
static void await_turn(int number)
{
	while (__atomic_load_n(&turn, __ATOMIC_ACQUIRE) < number)
		usleep(1000);
}

static void *first_life(void *argument)
{
	pthread_mutex_lock(&m);
	pthread_mutex_lock(&other);
	pthread_mutex_unlock(&other);
	pthread_mutex_unlock(&m);
	__atomic_store_n(&turn, 1, __ATOMIC_RELEASE);
	return argument;
}

static void *second_life(void *argument)
{
	await_turn(2);
	pthread_mutex_lock(&other);
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	pthread_mutex_unlock(&other);
	return argument;
}

static void *renew(void *argument)
{
	await_turn(1);
	CHECK(pthread_mutex_destroy(&m) == 0);
	CHECK(pthread_mutex_init(&m, NULL) == 0);
	__atomic_store_n(&turn, 2, __ATOMIC_RELEASE);
	return argument;
}

int main(void)
{
	pthread_t third;

	third = start(renew, NULL);
	run_two(first_life, second_life);
	finish(third);
	return 0;
}

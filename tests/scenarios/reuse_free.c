/*
 * As reuse_heap.c, but nobody says when the mutex begins and ends: it is all zeroes, which is what
 * PTHREAD_MUTEX_INITIALIZER is in glibc, and its memory is just given back. (That is how
 * std::mutex comes and goes.) The next allocation of that size gets the same memory, and with it
 * another mutex.
 */
/* EXPECT none */
/* OUTPUT same address */
#include "scenario.h"

static pthread_mutex_t other = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t *m;

static int turn;

/* Unlike a stage, this lets nobody pass before his turn, as the end of the first life demands. */
static void await_turn(int number)
{
	while (__atomic_load_n(&turn, __ATOMIC_ACQUIRE) < number)
		usleep(1000);
}

static void make(void)
{
	m = malloc(sizeof(*m));
	CHECK(m);
	memset(m, 0, sizeof(*m));
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

int main(void)
{
	pthread_t first, second;
	uintptr_t before;

	make();
	before = (uintptr_t)m;
	first = start(first_life, NULL);
	second = start(second_life, NULL);
	await_turn(1);
	free(m);
	make();
	CHECK((uintptr_t)m == before);
	puts("same address");
	__atomic_store_n(&turn, 2, __ATOMIC_RELEASE);
	finish(first);
	finish(second);
	return 0;
}

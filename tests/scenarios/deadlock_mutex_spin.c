/*
 * A spin lock and a mutex. Who wants the spin lock does not sleep but spins, and waits all the same
 * (POSIX, pthread_spin_lock: it does not return until the lock becomes available).
 */
/* HANGS 2 */
/* EXPECT deadlock-cycle observed own spin spin-own want */
#include "hang.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_spinlock_t s;

static void *spins(void *argument)
{
	pthread_mutex_lock(&m); /* @own */
	meet(2);
	pthread_spin_lock(&s); /* @spin */
	pthread_spin_unlock(&s);
	pthread_mutex_unlock(&m);
	return argument;
}

static void *sleeps(void *argument)
{
	pthread_spin_lock(&s); /* @spin-own */
	meet(2);
	pthread_mutex_lock(&m); /* @want */
	pthread_mutex_unlock(&m);
	pthread_spin_unlock(&s);
	return argument;
}

int main(void)
{
	CHECK(pthread_spin_init(&s, PTHREAD_PROCESS_PRIVATE) == 0);
	run_two(spins, sleeps);
	return 0;
}

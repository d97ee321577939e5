/*
 * The near miss of deadlock_mutex_spin.c: a thread spins for a while, as long as the owner of the
 * spin lock sleeps. The owner waits for nobody.
 */
/* EXPECT none */
#include "hang.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_spinlock_t s;

static void *spins(void *argument)
{
	pthread_mutex_lock(&m);
	meet(2);
	pthread_spin_lock(&s);
	pthread_spin_unlock(&s);
	pthread_mutex_unlock(&m);
	return argument;
}

static void *sleeps(void *argument)
{
	pthread_spin_lock(&s);
	meet(2);
	nap(200);
	pthread_spin_unlock(&s);
	return argument;
}

int main(void)
{
	CHECK(pthread_spin_init(&s, PTHREAD_PROCESS_PRIVATE) == 0);
	run_two(spins, sleeps);
	return 0;
}

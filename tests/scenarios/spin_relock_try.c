/*
 * A near miss of spin_relock.c: the second time it only tries.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_spinlock_t lock;

int main(void)
{
	CHECK(pthread_spin_init(&lock, PTHREAD_PROCESS_PRIVATE) == 0);
	pthread_spin_lock(&lock);
	CHECK(pthread_spin_trylock(&lock) == EBUSY);
	pthread_spin_unlock(&lock);
	pthread_spin_lock(&lock);
	pthread_spin_unlock(&lock);
	CHECK(pthread_spin_destroy(&lock) == 0);
	return 0;
}

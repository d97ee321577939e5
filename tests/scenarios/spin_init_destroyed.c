/*
 * The near miss of spin_init_locked.c and spin_destroy_locked.c: it was unlocked and destroyed
 * before.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_spinlock_t lock;

int main(void)
{
	CHECK(pthread_spin_init(&lock, PTHREAD_PROCESS_PRIVATE) == 0);
	pthread_spin_lock(&lock);
	pthread_spin_unlock(&lock);
	CHECK(pthread_spin_destroy(&lock) == 0);
	CHECK(pthread_spin_init(&lock, PTHREAD_PROCESS_PRIVATE) == 0);
	pthread_spin_lock(&lock);
	pthread_spin_unlock(&lock);
	CHECK(pthread_spin_destroy(&lock) == 0);
	return 0;
}

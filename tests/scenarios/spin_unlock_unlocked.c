/*
 * A spin lock is unlocked twice.
 */
/* EXPECT unlock-unlocked misuse act */
#include "scenario.h"

static pthread_spinlock_t lock;

int main(void)
{
	CHECK(pthread_spin_init(&lock, PTHREAD_PROCESS_PRIVATE) == 0);
	pthread_spin_lock(&lock);
	pthread_spin_unlock(&lock);
	pthread_spin_unlock(&lock); /* @act */
	return 0;
}

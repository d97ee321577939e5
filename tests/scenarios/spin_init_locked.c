/*
 * A spin lock is initialised again while a thread holds it.
 */
/* EXPECT double-init misuse cause act */
#include "scenario.h"

static pthread_spinlock_t lock;

int main(void)
{
	CHECK(pthread_spin_init(&lock, PTHREAD_PROCESS_PRIVATE) == 0);
	pthread_spin_lock(&lock);				       /* @cause */
	CHECK(pthread_spin_init(&lock, PTHREAD_PROCESS_PRIVATE) == 0); /* @act */
	return 0;
}

/*
 * A spin lock is destroyed by the thread that holds it.
 */
/* EXPECT destroy-locked misuse cause act */
#include "scenario.h"

static pthread_spinlock_t lock;

int main(void)
{
	CHECK(pthread_spin_init(&lock, PTHREAD_PROCESS_PRIVATE) == 0);
	pthread_spin_lock(&lock);    /* @cause */
	pthread_spin_destroy(&lock); /* @act */
	return 0;
}

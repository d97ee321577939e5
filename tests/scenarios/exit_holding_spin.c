/*
 * A thread ends with a spin lock held, and nobody wants it any more. Nobody but its holder may give
 * a spin lock back (POSIX, pthread_spin_unlock), so it stays held. The second spin lock was given
 * back.
 */
/* EXPECT exit-holding misuse cause */
#include "scenario.h"

static pthread_spinlock_t kept, given_back;

static void *leaves(void *argument)
{
	pthread_spin_lock(&given_back);
	pthread_spin_lock(&kept); /* @cause */
	pthread_spin_unlock(&given_back);
	return argument;
}

int main(void)
{
	CHECK(pthread_spin_init(&kept, PTHREAD_PROCESS_PRIVATE) == 0);
	CHECK(pthread_spin_init(&given_back, PTHREAD_PROCESS_PRIVATE) == 0);
	finish(start(leaves, NULL));
	return 0;
}

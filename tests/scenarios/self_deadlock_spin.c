/*
 * A spin lock taken again by who has it. POSIX lets pthread_spin_lock deadlock, or fail with
 * EDEADLK; glibc spins for ever.
 */
/* HANGS 1 */
/* EXPECT self-deadlock observed first again */
/* EXPECT relock misuse first again */
#include "hang.h"

static pthread_spinlock_t s;

static void *worker(void *argument)
{
	pthread_spin_lock(&s); /* @first */
	pthread_spin_lock(&s); /* @again */
	pthread_spin_unlock(&s);
	pthread_spin_unlock(&s);
	return argument;
}

int main(void)
{
	CHECK(pthread_spin_init(&s, PTHREAD_PROCESS_PRIVATE) == 0);
	finish(start(worker, NULL));
	return 0;
}

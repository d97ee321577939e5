/* Two spin locks in opposite orders: both threads spin for ever, and no thread sleeps in it. */
/* HANGS 1 */
/* EXPECT deadlock-cycle observed one two */
#include "hang.h"

static pthread_spinlock_t a;
static pthread_spinlock_t b;

static void *one(void *argument)
{
	pthread_spin_lock(&a);
	meet(2);
	pthread_spin_lock(&b); /* @one */
	pthread_spin_unlock(&b);
	pthread_spin_unlock(&a);
	return argument;
}

static void *two(void *argument)
{
	pthread_spin_lock(&b);
	meet(2);
	pthread_spin_lock(&a); /* @two */
	pthread_spin_unlock(&a);
	pthread_spin_unlock(&b);
	return argument;
}

int main(void)
{
	CHECK(pthread_spin_init(&a, PTHREAD_PROCESS_PRIVATE) == 0);
	CHECK(pthread_spin_init(&b, PTHREAD_PROCESS_PRIVATE) == 0);
	run_two(one, two);
	return 0;
}

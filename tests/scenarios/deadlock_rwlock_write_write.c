/* Two reader-writer locks, written in opposite orders: two mutexes by another name. */
/* HANGS */
/* EXPECT deadlock-cycle observed one two */
#include "hang.h"

static pthread_rwlock_t a = PTHREAD_RWLOCK_INITIALIZER;
static pthread_rwlock_t b = PTHREAD_RWLOCK_INITIALIZER;

static void *one(void *argument)
{
	pthread_rwlock_wrlock(&a);
	meet(2);
	pthread_rwlock_wrlock(&b); /* @one */
	pthread_rwlock_unlock(&b);
	pthread_rwlock_unlock(&a);
	return argument;
}

static void *two(void *argument)
{
	pthread_rwlock_wrlock(&b);
	meet(2);
	pthread_rwlock_wrlock(&a); /* @two */
	pthread_rwlock_unlock(&a);
	pthread_rwlock_unlock(&b);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}

/*
 * The near miss of rwlock_read_while_writing.c: the write side is given back first.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

int main(void)
{
	pthread_rwlock_wrlock(&lock);
	pthread_rwlock_unlock(&lock);
	CHECK(pthread_rwlock_rdlock(&lock) == 0);
	pthread_rwlock_unlock(&lock);
	return 0;
}

/*
 * A near miss of rwlock_upgrade.c: the reader only tries, is told that it cannot (EBUSY), and
 * starts again as a writer.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

int main(void)
{
	pthread_rwlock_rdlock(&lock);
	CHECK(pthread_rwlock_trywrlock(&lock) == EBUSY);
	pthread_rwlock_unlock(&lock);
	pthread_rwlock_wrlock(&lock);
	pthread_rwlock_unlock(&lock);
	return 0;
}

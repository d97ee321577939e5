/*
 * A function that locks is called with its lock held already. The mutex is a normal one: to lock it
 * again is a deadlock (POSIX, pthread_mutex_lock, PTHREAD_MUTEX_NORMAL).
 */
/* HANGS */
/* EXPECT self-deadlock observed first again */
/* EXPECT relock misuse first again */
/* THREADS 1 */
#include "hang.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void flush_all(void)
{
	pthread_mutex_lock(&m); /* @again */
	pthread_mutex_unlock(&m);
}

int main(void)
{
	pthread_mutex_lock(&m); /* @first */
	flush_all();
	pthread_mutex_unlock(&m);
	return 0;
}

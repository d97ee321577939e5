/*
 * A semaphore that starts at 1 and is used as a lock, and a mutex, in opposite orders. Both threads
 * have used the semaphore before, and posted what they had taken.
 */
/* HANGS */
/* EXPECT deadlock-cycle observed take want own wait */
#include "hang.h"

#include <semaphore.h>

static sem_t s;
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void use(void)
{
	CHECK(sem_wait(&s) == 0);
	CHECK(sem_post(&s) == 0);
}

static void *one(void *argument)
{
	use();
	meet(2);
	CHECK(sem_wait(&s) == 0); /* @take */
	meet(4);
	pthread_mutex_lock(&m); /* @want */
	pthread_mutex_unlock(&m);
	sem_post(&s);
	return argument;
}

static void *two(void *argument)
{
	use();
	meet(2);
	pthread_mutex_lock(&m); /* @own */
	meet(4);
	CHECK(sem_wait(&s) == 0); /* @wait */
	sem_post(&s);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	CHECK(sem_init(&s, 0, 1) == 0);
	run_two(one, two);
	return 0;
}

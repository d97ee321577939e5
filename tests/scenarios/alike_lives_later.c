/*
 * Forty detached threads, each with a mutex of its own life inside a. The parent takes the
 * thirty-sixth's first, then a: at the end of that thread, which nothing tells it.
 */
/* EXPECT lock-order potential first second */
/* THREADS 41 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t *own;
static int ended;

__attribute__((noinline)) static void take_own(void)
{
	pthread_mutex_lock(own);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(own);
}

static void *run(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(own); /* @first */
	pthread_mutex_unlock(own);
	pthread_mutex_unlock(&a);
	__atomic_add_fetch(&ended, 1, __ATOMIC_RELEASE);
	return argument;
}

static void await_ended(int count)
{
	while (__atomic_load_n(&ended, __ATOMIC_ACQUIRE) < count)
		usleep(100);
	usleep(2000);
}

int main(void)
{
	for (int i = 0; i < 40; i++) {
		own = malloc(sizeof(*own));
		CHECK(own && pthread_mutex_init(own, NULL) == 0);
		CHECK(pthread_detach(start(run, NULL)) == 0);
		await_ended(i + 1);
		if (i == 35)
			take_own();
		CHECK(pthread_mutex_destroy(own) == 0);
		free(own);
	}
	return 0;
}

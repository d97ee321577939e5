/*
 * A hundred detached threads, each made with g held, take a, b. Their creator takes b, a when it
 * has made fifty of them, and given g back. No schedule is found where g was held then.
 */
/* EXPECT lock-order potential first second */
/* THREADS 101 */
#include "scenario.h"

static pthread_mutex_t g = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *run(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	stage_advance();
	return argument;
}

__attribute__((noinline)) static void take_ba(void)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
}

int main(void)
{
	for (int round = 0; round < 100; round++) {
		pthread_mutex_lock(&g);
		CHECK(pthread_detach(start(run, NULL)) == 0);
		pthread_mutex_unlock(&g);
		stage_await(round + 1);
		if (round == 50)
			take_ba();
	}
	return 0;
}

/*
 * Twenty thousand threads of three kinds, in no regular order, each joined before the next one is
 * made. Before each of them main takes one lock inside another, and makes a lock of its own, inside
 * which it takes one. Nothing is at the same time as one thread that was not at the same time as
 * the last one of its kind.
 */
/* EXPECT none */
/* THREADS 20001 */
/* TRACE <=768 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t c = PTHREAD_MUTEX_INITIALIZER;

__attribute__((noinline)) static void nest(pthread_mutex_t *one, pthread_mutex_t *two)
{
	pthread_mutex_lock(one);
	pthread_mutex_lock(two);
	pthread_mutex_unlock(two);
	pthread_mutex_unlock(one);
}

static void *run_ab(void *argument)
{
	nest(&a, &b);
	return argument;
}

static void *run_bc(void *argument)
{
	nest(&b, &c);
	return argument;
}

static void *run_c(void *argument)
{
	pthread_mutex_lock(&c);
	pthread_mutex_unlock(&c);
	return argument;
}

static void make_and_nest(void)
{
	pthread_mutex_t *own = malloc(sizeof(*own));

	CHECK(own && pthread_mutex_init(own, NULL) == 0);
	nest(own, &c);
	CHECK(pthread_mutex_destroy(own) == 0);
	free(own);
}

int main(void)
{
	void *(*const kinds[])(void *) = {run_ab, run_bc, run_c};
	unsigned random = 1;

	for (int i = 0; i < 20000; i++) {
		random = random * 1103515245 + 12345;
		nest(&a, &c);
		make_and_nest();
		finish(start(kinds[(random >> 16) % 3], NULL));
	}
	return 0;
}

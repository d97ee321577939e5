/*
 * The near miss of bounded_gates.c: one object, whose mutex excludes the threads from each other,
 * after a hundred objects with which only one thread had to do.
 */
/* EXPECT lock-order discharged gate-lock first second */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t *gate;

static void a_then_b(void)
{
	pthread_mutex_lock(gate);
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(gate);
}

static void b_then_a(void)
{
	pthread_mutex_lock(gate);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(gate);
}

static void renew(void)
{
	if (gate) {
		CHECK(pthread_mutex_destroy(gate) == 0);
		free(gate);
	}
	gate = malloc(sizeof(*gate));
	CHECK(gate && pthread_mutex_init(gate, NULL) == 0);
}

static void *one(void *argument)
{
	for (int i = 0; i < 100; i++) {
		renew();
		pthread_mutex_lock(gate);
		pthread_mutex_lock(&a);
		pthread_mutex_unlock(&a);
		pthread_mutex_unlock(gate);
	}
	renew();
	a_then_b();
	turn_pass(1);
	return argument;
}

static void *two(void *argument)
{
	turn_await(1);
	b_then_a();
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}

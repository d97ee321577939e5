/*
 * A hundred objects, one after the other; the one thread takes a, then b under the object's mutex,
 * then the other thread b, then a under it. The mutex of one object excludes them from each other;
 * but those of two objects do not, and nothing but the turns of this program, which are no order to
 * rely on, keeps the threads from being at different objects.
 */
/* EXPECT lock-order feasible first second */
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
		turn_await(2 * i);
		renew();
		a_then_b();
		turn_pass(2 * i + 1);
	}
	return argument;
}

static void *two(void *argument)
{
	for (int i = 0; i < 100; i++) {
		turn_await(2 * i + 1);
		b_then_a();
		turn_pass(2 * i + 2);
	}
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}

/*
 * The near miss of cxx_placement_new.cc: one object in the pool, used in both orders; another part
 * of the pool gets a new one in between.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"
#include <new>

static pthread_mutex_t other = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t *handed;

/* Takes the lock it is handed in the first turn, under `other`. */
static void *worker(void *argument)
{
	turn_await(1);
	pthread_mutex_lock(&other);
	pthread_mutex_lock(handed); /* @first */
	pthread_mutex_unlock(handed);
	pthread_mutex_unlock(&other);
	turn_pass(2);
	return argument;
}

static void hand_over(pthread_mutex_t *m)
{
	handed = m;
	turn_pass(1);
	turn_await(2);
}

static void take_outside(pthread_mutex_t *m)
{
	pthread_mutex_lock(m);
	pthread_mutex_lock(&other); /* @second */
	pthread_mutex_unlock(&other);
	pthread_mutex_unlock(m);
}

struct object {
	pthread_mutex_t m;
	object()
	{
		pthread_mutex_init(&m, nullptr);
	}
};

alignas(object) static unsigned char pool[2 * sizeof(object)];

int main()
{
	pthread_t thread = start(worker, nullptr);
	object *one = new (pool) object, *two = new (pool + sizeof(object)) object;

	hand_over(&one->m);
	two->~object();
	two = new (pool + sizeof(object)) object;
	take_outside(&one->m);
	finish(thread);
	return 0;
}

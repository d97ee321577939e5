/*
 * Thread one takes a, b and then says that it is ready; thread two waits for that, takes b, a, and
 * says under the same condition that it is done. What it says then cannot have ended its own wait.
 */
/* EXPECT lock-order discharged sync-order first second */
/* SAYS pthread_cond_signal at sync_cond_answer.c: */
/* SAYS comes before pthread_cond_wait at */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int ready, waiter;

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

__attribute__((noinline)) static void take_ab(void)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
}

__attribute__((noinline)) static void take_ba(void)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
}

/* Once the other one waits: so it is the signal that lets it go on. */
static void say_ready(void)
{
	pthread_mutex_lock(&m);
	ready++;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&m);
}

static void await_waiter(void)
{
	while (!__atomic_load_n(&waiter, __ATOMIC_ACQUIRE))
		usleep(1000);
	await_blocked(waiter);
}

static void wait_for(int wanted)
{
	pthread_mutex_lock(&m);
	__atomic_store_n(&waiter, gettid(), __ATOMIC_RELEASE);
	while (ready < wanted)
		pthread_cond_wait(&changed, &m);
	pthread_mutex_unlock(&m);
}

static void say_done(void)
{
	pthread_mutex_lock(&m);
	ready = 0;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&m);
}

static void *one(void *argument)
{
	await_waiter();
	take_ab();
	say_ready();
	return argument;
}

static void *two(void *argument)
{
	wait_for(1);
	take_ba();
	say_done();
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}

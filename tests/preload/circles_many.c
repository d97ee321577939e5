/*
 * A thread waits for the end of another one, which waits for a mutex that the first one holds; it
 * is cancelled, and all goes on: a circle that was broken. After more of them than the recorder
 * writes down, two threads wait for each other for ever. They are to be aborted
 * (on_deadlock=abort).
 */
#include "waits.h"

#include <pthread.h>

enum { ROUNDS = 70 };

static pthread_mutex_t first = PTHREAD_MUTEX_INITIALIZER, second = PTHREAD_MUTEX_INITIALIZER;
static pthread_barrier_t both;
static pthread_t waiting;
static int waiting_tid, joining_tid;

static pthread_t start(void *(*function)(void *))
{
	pthread_t thread;

	if (pthread_create(&thread, NULL, function, NULL))
		abort();
	return thread;
}

static void *wait_for_mutex(void *argument)
{
	__atomic_store_n(&waiting_tid, gettid(), __ATOMIC_RELEASE);
	pthread_mutex_lock(&first);
	pthread_mutex_unlock(&first);
	return argument;
}

static void give_back(void *mutex)
{
	pthread_mutex_unlock(mutex);
}

static void *join_holding(void *argument)
{
	pthread_mutex_lock(&first);
	pthread_cleanup_push(give_back, &first);
	waiting = start(wait_for_mutex);
	await_call(&waiting_tid, SYS_futex);
	__atomic_store_n(&joining_tid, gettid(), __ATOMIC_RELEASE);
	pthread_join(waiting, NULL);
	pthread_cleanup_pop(1);
	return argument;
}

static void break_one(void)
{
	pthread_t joining;

	waiting_tid = joining_tid = 0;
	joining = start(join_holding);
	await_call(&joining_tid, SYS_futex);
	pthread_cancel(joining);
	pthread_join(joining, NULL);
	pthread_join(waiting, NULL);
}

static void *second_then_first(void *argument)
{
	pthread_mutex_lock(&second);
	pthread_barrier_wait(&both);
	pthread_mutex_lock(&first);
	return argument;
}

int main(void)
{
	for (int i = 0; i < ROUNDS; i++)
		break_one();
	pthread_barrier_init(&both, NULL, 2);
	start(second_then_first);
	pthread_mutex_lock(&first);
	pthread_barrier_wait(&both);
	pthread_mutex_lock(&second);
	return 0;
}

/*
 * As fork_holding_kinds, but nobody in the children waits: one reads what the parent's worker
 * reads, one only tries to write it, and one takes what the worker has given back before the fork,
 * while its own second thread holds it.
 */
/* EXPECT none */
/* PROCESSES 4 */
#include "scenario.h"

static pthread_rwlock_t table = PTHREAD_RWLOCK_INITIALIZER;
static pthread_rwlock_t index_lock = PTHREAD_RWLOCK_INITIALIZER;

static void *worker(void *argument)
{
	pthread_rwlock_wrlock(&index_lock);
	pthread_rwlock_unlock(&index_lock);
	pthread_rwlock_rdlock(&table);
	turn_pass(1);
	turn_await(2);
	pthread_rwlock_unlock(&table);
	return argument;
}

static int read_table(void)
{
	pthread_rwlock_rdlock(&table);
	return pthread_rwlock_unlock(&table);
}

static int try_table(void)
{
	return pthread_rwlock_trywrlock(&table) != EBUSY;
}

static void *holder(void *argument)
{
	pthread_rwlock_rdlock(&index_lock);
	stage_reach(1);
	stage_await(2);
	pthread_rwlock_unlock(&index_lock);
	return argument;
}

static void *opener(void *tid)
{
	await_blocked(*(int *)tid);
	stage_reach(2);
	return NULL;
}

static int write_index(void)
{
	int tid = gettid();
	pthread_t thread = start(holder, NULL), other;

	stage_await(1);
	other = start(opener, &tid);
	pthread_rwlock_wrlock(&index_lock);
	pthread_rwlock_unlock(&index_lock);
	finish(other);
	finish(thread);
	return 0;
}

static void child_that(int (*works)(void))
{
	pid_t child = fork();

	if (child == 0)
		exit(works());
	CHECK(reap(child) == 0);
}

int main(void)
{
	pthread_t thread = start(worker, NULL);

	turn_await(1);
	child_that(read_table);
	child_that(try_table);
	child_that(write_index);
	turn_pass(2);
	finish(thread);
	return 0;
}

/*
 * Two reader-writer locks: one side writes the first and wants to read the second, the other reads
 * the second and wants to write the first... which it cannot before the first side has ended, which
 * waits for another writer of the second: the third thread, who waits for the reader.
 *
 * That third thread is in the way only because the lock is of the kind that lets writers first
 * (PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP: a reader waits while a writer waits).
 */
/* HANGS */
/* EXPECT deadlock-cycle observed write-a read-b want-b want-a behind */
#include "hang.h"

static pthread_rwlock_t a = PTHREAD_RWLOCK_INITIALIZER;
static pthread_rwlock_t b = PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP;
static int tid_of_writer;

static void *one(void *argument)
{
	pthread_rwlock_wrlock(&a); /* @write-a */
	meet(2);
	await_asleep(&tid_of_writer);
	pthread_rwlock_rdlock(&b); /* @want-b */
	pthread_rwlock_unlock(&b);
	pthread_rwlock_unlock(&a);
	return argument;
}

static void *two(void *argument)
{
	pthread_rwlock_rdlock(&b); /* @read-b */
	meet(2);
	await_asleep(&tid_of_writer);
	pthread_rwlock_wrlock(&a); /* @want-a */
	pthread_rwlock_unlock(&a);
	pthread_rwlock_unlock(&b);
	return argument;
}

static void *writer(void *argument)
{
	while (__atomic_load_n(&met_now, __ATOMIC_ACQUIRE) < 2)
		nap(1);
	tell_tid(&tid_of_writer);
	pthread_rwlock_wrlock(&b); /* @behind */
	pthread_rwlock_unlock(&b);
	return argument;
}

int main(void)
{
	pthread_t third = start(writer, NULL);

	run_two(one, two);
	finish(third);
	return 0;
}

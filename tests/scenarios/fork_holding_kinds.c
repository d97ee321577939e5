/*
 * As fork_holding_other, with a reader-writer lock that a worker of the parent reads, one that it
 * writes, and a spin lock: three children, of which each waits for one of them for ever, until a
 * signal ends it.
 */
/* EXPECT fork-holding misuse write reader */
/* EXPECT fork-holding misuse read writer */
/* EXPECT fork-holding misuse spin spinner */
/* EXPECT hang observed write */
/* EXPECT hang observed read */
/* EXPECT hang observed spin */
/* PROCESSES 4 */
#include "scenario.h"

static pthread_rwlock_t table = PTHREAD_RWLOCK_INITIALIZER;
static pthread_rwlock_t index_lock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_spinlock_t flags;

static void *worker(void *argument)
{
	pthread_rwlock_rdlock(&table);	    /* @reader */
	pthread_rwlock_wrlock(&index_lock); /* @writer */
	pthread_spin_lock(&flags);	    /* @spinner */
	turn_pass(1);
	turn_await(2);
	pthread_spin_unlock(&flags);
	pthread_rwlock_unlock(&index_lock);
	pthread_rwlock_unlock(&table);
	return argument;
}

static void write_table(void)
{
	pthread_rwlock_wrlock(&table); /* @write */
}

static void read_index(void)
{
	pthread_rwlock_rdlock(&index_lock); /* @read */
}

static void spin(void)
{
	pthread_spin_lock(&flags); /* @spin */
}

static void child_that(void (*waits)(void))
{
	int status;
	pid_t child = fork();

	if (child == 0) {
		alarm(1);
		waits();
		_exit(1);
	}
	CHECK(waitpid(child, &status, 0) == child);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM);
}

int main(void)
{
	pthread_t thread;

	pthread_spin_init(&flags, PTHREAD_PROCESS_PRIVATE);
	thread = start(worker, NULL);
	turn_await(1);
	child_that(write_table);
	child_that(read_index);
	child_that(spin);
	turn_pass(2);
	finish(thread);
	return 0;
}

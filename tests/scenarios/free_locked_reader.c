/*
 * A table is freed while one of its readers is still inside, and a spin lock in the same block
 * while it is held. Nothing destroys the C++ kind of such locks but their memory's end.
 */
/* EXPECT free-locked misuse act reader */
/* EXPECT free-locked misuse act spinner */
#include "scenario.h"

struct table {
	pthread_rwlock_t readers;
	pthread_spinlock_t spin;
};

static void *read_it(void *argument)
{
	struct table *table = argument;

	pthread_rwlock_rdlock(&table->readers); /* @reader */
	stage_reach(1);
	turn_await(1);
	return NULL;
}

int main(void)
{
	struct table *table = calloc(1, sizeof(*table));
	pthread_t thread;

	pthread_spin_init(&table->spin, PTHREAD_PROCESS_PRIVATE);
	thread = start(read_it, table);
	stage_await(1);
	pthread_spin_lock(&table->spin); /* @spinner */
	free(table);			 /* @act */
	turn_pass(1);
	finish(thread);
	return 0;
}

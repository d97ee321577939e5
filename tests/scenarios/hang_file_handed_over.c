/*
 * Locks that threads give back for each other: a lock of flock is an open file's, whoever took it.
 * Then one is taken by a thread that ends, and another waits for it for ever, through an open file
 * of its own.
 */
/* HANGS */
/* EXPECT hang observed want join */
/* SAYS where nobody is left to unlock it */
#include "file_scenario.h"
#include "hang.h"

static int first, second;

static void *give_back(void *fd)
{
	CHECK(flock(*(int *)fd, LOCK_UN) == 0);
	return NULL;
}

static void *take(void *fd)
{
	CHECK(flock(*(int *)fd, LOCK_EX) == 0); /* @want */
	return NULL;
}

static void hand_over(int *fd)
{
	CHECK(flock(*fd, LOCK_EX) == 0);
	finish(start(give_back, fd));
}

int main(void)
{
	first = open_file("data");
	second = open_file("data");
	take_a_lock();
	hand_over(&first);
	hand_over(&second);
	finish(start(take, &first));
	pthread_join(start(take, &second), NULL); /* @join */
	return 0;
}

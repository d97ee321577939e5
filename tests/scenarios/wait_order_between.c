/*
 * As wait_order, but what the parent waits for is a child that does nothing itself but fork one
 * that does, and wait for that. All the waits together order the two sides: waitpid comes after the
 * middle one's end, which comes after its own waitpid, which comes after the end of the first side.
 */
/* EXPECT lock-order discharged thread-order first second */
/* PROCESSES 4 */
#include "shared_pair.h"

static void a_then_b(void)
{
	pthread_mutex_lock(&shared->a);
	pthread_mutex_lock(&shared->b); /* @first */
	pthread_mutex_unlock(&shared->b);
	pthread_mutex_unlock(&shared->a);
}

static void b_then_a(void)
{
	pthread_mutex_lock(&shared->b);
	pthread_mutex_lock(&shared->a); /* @second */
	pthread_mutex_unlock(&shared->a);
	pthread_mutex_unlock(&shared->b);
}

/* Does nothing itself but have another one work. */
static void delegate(void)
{
	CHECK(reap(run(a_then_b)) == 0);
}

int main(void)
{
	make_shared();
	CHECK(reap(run(delegate)) == 0);
	CHECK(reap(run(b_then_a)) == 0);
	return 0;
}

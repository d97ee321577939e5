/*
 * Two children take two process-shared mutexes in opposite orders. The first one's end was waited
 * for before the second was forked: a wait that returns a child's id comes after all that the child
 * did (POSIX, waitpid), and what the parent does before it forks comes before all that the new
 * child does.
 */
/* EXPECT lock-order discharged thread-order first second */
/* PROCESSES 3 */
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

int main(void)
{
	make_shared();
	CHECK(reap(run(a_then_b)) == 0);
	CHECK(reap(run(b_then_a)) == 0);
	return 0;
}

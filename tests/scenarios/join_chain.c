/*
 * main joins middle with m held; middle joins leaf, holding nothing; leaf takes m. leaf waits for
 * m, middle for leaf, main for middle, which has m: a circle of three, when main comes first.
 */
/* EXPECT join-order feasible hold join-middle join-leaf take */
/* SAYS middle joins leaf before it ends */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *leaf(void *argument)
{
	pthread_mutex_lock(&m); /* @take */
	pthread_mutex_unlock(&m);
	stage_reach(1);
	return argument;
}

static void *middle(void *argument)
{
	pthread_t thread = start(leaf, NULL);

	pthread_join(thread, NULL); /* @join-leaf */
	return argument;
}

int main(void)
{
	pthread_t thread = start(middle, NULL);

	stage_await(1);
	pthread_mutex_lock(&m);	    /* @hold */
	pthread_join(thread, NULL); /* @join-middle */
	pthread_mutex_unlock(&m);
	return 0;
}

/* A GMutex and a pthread mutex in opposite orders: a circle may run through several families. */
/* NEEDS glib-2.0 */
/* EXPECT lock-order feasible first second */
/* ACQUISITIONS 4 */
#include "glib_scenario.h"

static GMutex a;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static gpointer one(gpointer argument)
{
	g_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	g_mutex_unlock(&a);
	stage_reach(1);
	return argument;
}

static gpointer two(gpointer argument)
{
	stage_await(1);
	pthread_mutex_lock(&b);
	g_mutex_lock(&a); /* @second */
	g_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	g_run_two(one, two);
	return 0;
}

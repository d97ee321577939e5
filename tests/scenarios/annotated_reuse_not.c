/* The near miss of annotated_reuse.c: it stays the same lock. */
/* EXPECT lock-order feasible first second */
#include "annotated.h"

static int renewed;
static struct own_lock a, other;

static void *first_life(void *argument)
{
	own_lock(&a);
	own_lock(&other); /* @first */
	own_unlock(&other);
	own_unlock(&a);
	stage_reach(1);
	return argument;
}

static void *second_life(void *argument)
{
	while (__atomic_load_n(&renewed, __ATOMIC_ACQUIRE) == 0)
		usleep(1000);
	own_lock(&other);
	own_lock(&a); /* @second */
	own_unlock(&a);
	own_unlock(&other);
	return argument;
}

int main(void)
{
	pthread_t first, second;

	GORDIAN_CREATED(&a);
	first = start(first_life, NULL);
	second = start(second_life, NULL);
	while (__atomic_load_n(&stage_reached, __ATOMIC_ACQUIRE) < 1)
		usleep(1000);
	__atomic_store_n(&renewed, 1, __ATOMIC_RELEASE);
	finish(first);
	finish(second);
	return 0;
}

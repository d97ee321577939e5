/* The near miss of glib_bit_lock.c: both sides only try the lock that they take second. */
/* NEEDS glib-2.0 */
/* EXPECT lock-order discharged try-lock first second */
/* ACQUISITIONS 4 */
#include "glib_scenario.h"

static gint a;
static gpointer b;

static gpointer one(gpointer argument)
{
	g_bit_lock(&a, 3);
	CHECK(g_pointer_bit_trylock(&b, 1)); /* @first */
	CHECK(!g_pointer_bit_trylock(&b, 1));
	g_pointer_bit_unlock(&b, 1);
	g_bit_unlock(&a, 3);
	stage_reach(1);
	return argument;
}

static gpointer two(gpointer argument)
{
	stage_await(1);
	g_pointer_bit_lock(&b, 1);
	CHECK(g_bit_trylock(&a, 3)); /* @second */
	g_bit_unlock(&a, 3);
	g_pointer_bit_unlock(&b, 1);
	return argument;
}

int main(void)
{
	g_run_two(one, two);
	return 0;
}

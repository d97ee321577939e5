/*
 * Two threads take two locks that are one bit each, in opposite orders: g_bit_lock waits until the
 * bit is clear, and g_pointer_bit_lock does so for a bit of a pointer.
 */
/* NEEDS glib-2.0 */
/* EXPECT lock-order feasible first second */
/* ACQUISITIONS 4 */
#include "glib_scenario.h"

static gint a;
static gpointer b;

static gpointer one(gpointer argument)
{
	g_bit_lock(&a, 3);
	g_pointer_bit_lock(&b, 1); /* @first */
	g_pointer_bit_unlock(&b, 1);
	g_bit_unlock(&a, 3);
	stage_reach(1);
	return argument;
}

static gpointer two(gpointer argument)
{
	stage_await(1);
	g_pointer_bit_lock(&b, 1);
	g_bit_lock(&a, 3); /* @second */
	g_bit_unlock(&a, 3);
	g_pointer_bit_unlock(&b, 1);
	return argument;
}

int main(void)
{
	g_run_two(one, two);
	return 0;
}

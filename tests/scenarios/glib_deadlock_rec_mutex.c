/* A GRecMutex, which lets its owner in again, and a GMutex, in opposite orders. */
/* NEEDS glib-2.0 */
/* HANGS */
/* EXPECT deadlock-cycle observed one two */
#include "glib_scenario.h"
#include "hang.h"

static GRecMutex a;
static GMutex b;

static gpointer one(gpointer argument)
{
	g_rec_mutex_lock(&a);
	g_rec_mutex_lock(&a);
	meet(2);
	g_mutex_lock(&b); /* @one */
	g_mutex_unlock(&b);
	g_rec_mutex_unlock(&a);
	g_rec_mutex_unlock(&a);
	return argument;
}

static gpointer two(gpointer argument)
{
	g_mutex_lock(&b);
	meet(2);
	g_rec_mutex_lock(&a); /* @two */
	g_rec_mutex_unlock(&a);
	g_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	g_run_two(one, two);
	return 0;
}

/*
 * Threads end with GLib's mutexes locked. Only who locked a GMutex or GRecMutex may unlock it
 * (GLib), so nobody can any more. Whatever lies behind a GMutex, as the number here, is none of it.
 * Who gives back what it took, or entered twice, leaves nothing behind.
 */
/* NEEDS glib-2.0 */
/* EXPECT exit-holding misuse plain */
/* EXPECT exit-holding misuse recursive */
#include "glib_scenario.h"

static struct {
	GMutex mutex;
	int numbers[8];
} plain = {.numbers = {1, 2, 3, 4, 5, 6, 7, 8}}, given_back;
static GRecMutex recursive, left;

static void *keep(void *argument)
{
	g_mutex_lock(&plain.mutex); /* @plain */
	return argument;
}

static void *keep_recursive(void *argument)
{
	g_rec_mutex_lock(&recursive); /* @recursive */
	g_rec_mutex_lock(&recursive);
	g_rec_mutex_unlock(&recursive);
	return argument;
}

static void *give_back(void *argument)
{
	g_mutex_lock(&given_back.mutex);
	g_rec_mutex_lock(&left);
	g_rec_mutex_lock(&left);
	g_rec_mutex_unlock(&left);
	g_rec_mutex_unlock(&left);
	g_mutex_unlock(&given_back.mutex);
	return argument;
}

int main(void)
{
	finish(start(keep, NULL));
	finish(start(keep_recursive, NULL));
	finish(start(give_back, NULL));
	return 0;
}

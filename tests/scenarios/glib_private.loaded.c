/* Locks of GLib in a library that nobody else is linked to. */
/* NEEDS glib-2.0 */
#include <glib.h>

static GMutex a;
static GRecMutex b;

void take_in_order(void);
void take_inverted(void);

void take_in_order(void)
{
	g_mutex_lock(&a);
	g_rec_mutex_lock(&b); /* @first */
	g_rec_mutex_unlock(&b);
	g_mutex_unlock(&a);
}

void take_inverted(void)
{
	g_rec_mutex_lock(&b);
	g_mutex_lock(&a); /* @second */
	g_mutex_unlock(&a);
	g_rec_mutex_unlock(&b);
}

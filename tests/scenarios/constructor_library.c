/*
 * The constructor of a library that the program is linked to takes a before b. It runs before the
 * constructors of preloaded libraries. A thread takes b before a later.
 */
/* EXPECT lock-order discharged thread-order first second */
/* ACQUISITIONS 4 */
#include "scenario.h"

void library_backwards(void);

static void *two(void *argument)
{
	library_backwards();
	return argument;
}

int main(void)
{
	finish(start(two, NULL));
	return 0;
}

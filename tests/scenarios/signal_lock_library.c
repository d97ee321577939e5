/*
 * A library installs a handler in its constructor, which runs before the program's, and the handler
 * takes a lock of the library that its functions take too.
 */
/* EXPECT signal-lock misuse inside outside */
#include "scenario.h"

void library_use(void);

int main(void)
{
	library_use();
	CHECK(raise(SIGUSR1) == 0);
	return 0;
}

/*
 * The near miss of constructor_library.c: the library's constructor starts a thread, which takes a
 * before b while the program runs.
 */
/* EXPECT lock-order feasible first second */
/* ACQUISITIONS 4 */
/* THREADS 2 */
#include "scenario.h"

void library_backwards(void);
void library_await(void);

int main(void)
{
	library_await();
	library_backwards();
	return 0;
}

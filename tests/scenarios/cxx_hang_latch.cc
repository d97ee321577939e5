/* A latch for three, to which two come: it opens when its counter is 0 (C++20, 33.9.2). */
/* HANGS */
/* EXPECT hang observed first second */
/* ACQUISITIONS >=0 */
/* THREADS 2 */
#include "hang.h"
#include <latch>
#include <thread>

static std::latch all_here(3);

int main()
{
	std::thread other([] { all_here.arrive_and_wait(); }); /* @first */

	all_here.arrive_and_wait(); /* @second */
	other.join();
	return 0;
}

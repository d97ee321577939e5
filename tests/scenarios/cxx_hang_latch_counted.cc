/* The near miss of cxx_hang_latch.cc: somebody counts the third, after the others have waited. */
/* EXPECT none */
/* THREADS 3 */
#include "hang.h"
#include <latch>
#include <thread>

static std::latch all_here(3);
static int tid_of_other;

int main()
{
	take_a_lock();
	std::thread other([] {
		tell_tid(&tid_of_other);
		all_here.arrive_and_wait();
	});
	std::thread third([] {
		await_asleep(&tid_of_other);
		nap(3000);
		all_here.count_down();
	});

	all_here.arrive_and_wait();
	other.join();
	third.join();
	return 0;
}

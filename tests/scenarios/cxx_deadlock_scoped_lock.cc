// The near miss of cxx_deadlock.cc: std::scoped_lock takes both, whatever the order they are named
// in, and never waits for one while it has the other ([thread.lock.algorithm]). The two contend
// for a while.
// EXPECT clean
#include "hang.h"

#include <mutex>
#include <thread>

static std::mutex a, b;

static void one()
{
	meet(2);
	for (int i = 0; i < 20000; i++)
		std::scoped_lock both(a, b);
}

static void two()
{
	meet(2);
	for (int i = 0; i < 20000; i++)
		std::scoped_lock both(b, a);
}

int main()
{
	std::thread first(one), second(two);

	first.join();
	second.join();
	return 0;
}

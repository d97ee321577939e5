// std::mutex under std::lock_guard, in opposite orders ([thread.mutex.requirements]: lock blocks
// until it has the mutex). std::thread::join waits for the end.
// HANGS
// EXPECT deadlock-cycle observed one two
#include "hang.h"

#include <mutex>
#include <thread>

static std::mutex a, b;

static void one()
{
	std::lock_guard<std::mutex> outer(a);

	meet(2);
	std::lock_guard<std::mutex> inner(b); // @one
}

static void two()
{
	std::lock_guard<std::mutex> outer(b);

	meet(2);
	std::lock_guard<std::mutex> inner(a); // @two
}

int main()
{
	std::thread first(one), second(two);

	first.join();
	second.join();
	return 0;
}

// The destructor of a std::jthread joins: at the end of its block, with the lock still held that
// the thread needs. (Locals are destroyed in reverse order.)
// HANGS
// EXPECT deadlock-cycle observed own join want
#include "hang.h"

#include <mutex>
#include <thread>

static std::mutex m;

static void work()
{
	meet(2);
	std::lock_guard<std::mutex> guard(m); // @want
}

int main()
{
	std::lock_guard<std::mutex> guard(m); // @own
	{
		std::jthread thread(work);

		meet(2);
	} // @join
	return 0;
}

// A std::shared_mutex that one thread reads and wants to write with a std::mutex in between: the
// reader wants the mutex, whose owner wants to write ([thread.sharedmutex.requirements]).
// HANGS
// EXPECT deadlock-cycle observed one two
#include "hang.h"

#include <mutex>
#include <shared_mutex>
#include <thread>

static std::shared_mutex table;
static std::mutex journal;

static void one()
{
	std::shared_lock<std::shared_mutex> read(table);

	meet(2);
	std::unique_lock<std::mutex> write(journal); // @one
}

static void two()
{
	std::unique_lock<std::mutex> write(journal);

	meet(2);
	std::unique_lock<std::shared_mutex> change(table); // @two
}

int main()
{
	std::thread first(one), second(two);

	first.join();
	second.join();
	return 0;
}

// The initialiser of a local static comes to the static again: undefined ([stmt.dcl]/3). The guard
// of libstdc++ knows that it is being initialised, but in a program with threads not by whom, and
// waits (guard.cc, with futexes).
// HANGS
// EXPECT self-deadlock observed again
#include "hang.h"

#include <thread>

static int value(int depth)
{
	static int result = depth > 0 ? 1 : value(depth + 1); // @again

	return result;
}

int main()
{
	std::thread thread([] { value(0); });

	thread.join();
	return 0;
}

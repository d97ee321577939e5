// Two std::once_flags whose initialisers need each other, entered from both ends: a passive call
// returns when the active one has ([thread.once.callonce]).
// HANGS
// EXPECT deadlock-cycle observed one two
#include "hang.h"

#include <mutex>
#include <thread>

static std::once_flag first_flag, second_flag;

static void init_second();

static void init_first()
{
	meet(2);
	std::call_once(second_flag, init_second); // @one
}

static void init_second()
{
	meet(2);
	std::call_once(first_flag, init_first); // @two
}

int main()
{
	std::thread first([] { std::call_once(first_flag, init_first); });
	std::thread second([] { std::call_once(second_flag, init_second); });

	first.join();
	second.join();
	return 0;
}

/* The near miss of cxx_join_holding.cc: the guard's scope ends before the join. */
/* EXPECT none */
#include "scenario.h"
#include <mutex>
#include <thread>

static std::mutex m;

static void worker()
{
	std::lock_guard<std::mutex> guard(m);
}

int main()
{
	std::thread thread(worker);

	{
		std::lock_guard<std::mutex> guard(m);
	}
	thread.join();
}

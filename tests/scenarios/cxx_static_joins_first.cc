/* The near miss of cxx_static_joins.cc: the other thread comes to the static before it locks m. */
/* EXPECT none */
#include "scenario.h"
#include <mutex>
#include <thread>

static std::mutex m;
static std::thread worker;
static int waiter;

struct thing {
	int value;
	thing() : value(7)
	{
		worker.join();
		stage_reach(1);
		stage_await(2);
		await_blocked(waiter);
	}
};

static int number()
{
	static thing it;

	return it.value;
}

static void one()
{
	number();
}

static void two()
{
	stage_await(1);
	waiter = gettid();
	stage_reach(2);
	number();
	std::lock_guard<std::mutex> guard(m);
}

int main()
{
	worker = std::thread([] { std::lock_guard<std::mutex> guard(m); });
	std::thread first(one), second(two);

	first.join();
	second.join();
}

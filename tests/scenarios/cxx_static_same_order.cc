/*
 * The near miss of cxx_static.cc: the second thread comes to the static, and waits, before it
 * takes m. One order: the static, then m.
 */
/* EXPECT none */
/* OUTPUT 7 7 */
#include "scenario.h"
#include <mutex>
#include <thread>

static std::mutex m;
static int waiter;

struct thing {
	int value;
	thing() : value(7)
	{
		{
			std::lock_guard<std::mutex> guard(m);
		}
		stage_reach(1);
		stage_await(2);
		await_blocked(waiter);
	}
};

static int use()
{
	static thing it;

	return it.value;
}

static int first_value, second_value;

static void one()
{
	first_value = use();
}

static void two()
{
	stage_await(1);
	waiter = gettid();
	stage_reach(2);
	second_value = use();
	std::lock_guard<std::mutex> guard(m);
	second_value = use();
}

int main()
{
	std::thread first(one);
	std::thread second(two);

	first.join();
	second.join();
	printf("%d %d\n", first_value, second_value);
}

/*
 * The near miss of cxx_static_throws.cc: m is taken only where the exception is caught. By then
 * the initialisation is over, in vain, and the static is not held.
 */
/* EXPECT none */
/* OUTPUT 2 */
#include "scenario.h"
#include <mutex>
#include <thread>

static std::mutex m;
static int runs;

struct thing {
	thing()
	{
		if (runs++ == 0)
			throw 1;
	}
};

static void use()
{
	static thing it;
}

static void one()
{
	try {
		use();
	} catch (int) {
		std::lock_guard<std::mutex> guard(m);
	}
	stage_reach(1);
}

static void two()
{
	stage_await(1);
	std::lock_guard<std::mutex> guard(m);
	use();
}

int main()
{
	std::thread first(one);
	std::thread second(two);

	first.join();
	second.join();
	printf("%d\n", runs);
}

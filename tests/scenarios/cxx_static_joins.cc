/*
 * The initialiser of a local static joins a thread that locks m; another thread comes to the static
 * with m locked. [stmt.dcl]: it shall wait for completion of the initialization. In this run the
 * joined thread was done with m, and the initialiser stays until the other waits.
 */
/* EXPECT join-order feasible join take hold use */
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
		worker.join(); // @join
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
	std::lock_guard<std::mutex> guard(m); // @hold
	stage_reach(2);
	number(); // @use
}

int main()
{
	worker = std::thread([] {
		std::lock_guard<std::mutex> guard(m); // @take
	});
	std::thread first(one), second(two);

	first.join();
	second.join();
}

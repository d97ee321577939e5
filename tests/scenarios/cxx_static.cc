/*
 * A local static whose initialisation takes m, and a thread that comes to it with m held while
 * another is initialising it: [stmt.dcl], the concurrent execution shall wait for completion. Had
 * it come before the initialiser had taken m, each would wait for the other. The first thread, done
 * with m, stays in the initialisation until the other waits, which the kernel tells.
 */
/* EXPECT lock-order feasible first second */
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
			std::lock_guard<std::mutex> guard(m); // @first
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
	std::lock_guard<std::mutex> guard(m);
	waiter = gettid();
	stage_reach(2);
	second_value = use(); // @second
}

int main()
{
	std::thread first(one);
	std::thread second(two);

	first.join();
	second.join();
	printf("%d %d\n", first_value, second_value);
}

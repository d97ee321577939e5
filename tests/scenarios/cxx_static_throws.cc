/*
 * The initialisation of a local static throws: it is not complete and is tried again by the next
 * to come ([stmt.dcl]). The first thread took m in it, and gave both back. The second comes with m
 * held and initialises. Each could have come while the other was at it.
 */
/* EXPECT lock-order feasible first second */
/* OUTPUT 2 */
#include "scenario.h"
#include <mutex>
#include <thread>

static std::mutex m;
static int runs;

struct thing {
	thing()
	{
		if (runs++)
			return;
		std::lock_guard<std::mutex> guard(m); // @first
		throw 1;
	}
};

static void use()
{
	static thing it; // @second
}

static void one()
{
	try {
		use();
	} catch (int) {
		stage_reach(1);
	}
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

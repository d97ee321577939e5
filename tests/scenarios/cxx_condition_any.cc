/*
 * condition_variable_any waits with a recursive mutex. Inside it has a mutex of its own, which is
 * taken with the caller's held by those who wait, and by those who notify under the lock: one
 * order. (libstdc++ gives its own back before it takes the caller's again.)
 */
/* EXPECT none */
/* OUTPUT 3 */
#include "scenario.h"
#include <condition_variable>
#include <mutex>
#include <thread>

static std::recursive_mutex m;
static std::condition_variable_any changed;
static int count;

static void wait_for_it()
{
	std::unique_lock<std::recursive_mutex> lock(m);

	changed.wait(lock, [] { return count == 3; });
	CHECK(!changed.wait_for(lock, std::chrono::milliseconds(1), [] { return count == 4; }));
}

static void set()
{
	for (int i = 0; i < 3; i++) {
		std::lock_guard<std::recursive_mutex> guard(m);
		count++;
		changed.notify_all();
	}
}

int main()
{
	std::thread first(wait_for_it);
	std::thread second(set);

	first.join();
	second.join();
	printf("%d\n", count);
}

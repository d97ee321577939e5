/*
 * notify_all_at_thread_exit gives the mutex back, and notifies, in the destructors of the ending
 * thread ([thread.condition.nonmember]): it has held it until then.
 */
/* EXPECT lock-order potential first second */
/* OUTPUT woken */
#include "scenario.h"
#include <condition_variable>
#include <mutex>
#include <thread>

static std::mutex m, other;
static std::condition_variable changed;
static bool ready;

struct last {
	~last()
	{
		std::lock_guard<std::mutex> guard(other); // @first
	}
};

static void one()
{
	std::unique_lock<std::mutex> lock(m);
	static thread_local last farewell;

	(void)&farewell;
	ready = true;
	std::notify_all_at_thread_exit(changed, std::move(lock));
}

static void two()
{
	{
		std::unique_lock<std::mutex> lock(m);
		changed.wait(lock, [] { return ready; });
		puts("woken");
	}
	stage_reach(1);
}

static void three()
{
	stage_await(1);
	std::lock_guard<std::mutex> outer(other);
	std::lock_guard<std::mutex> inner(m); // @second
}

int main()
{
	std::jthread first(one);
	std::jthread second(two);
	std::jthread third(three);
}

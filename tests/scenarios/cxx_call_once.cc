/*
 * once_inversion.c with std::call_once ([thread.once.callonce]: passive executions return only
 * after an exceptional or returning execution is over), whose function is a lambda.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"
#include <mutex>
#include <thread>

static std::mutex m;
static std::once_flag once;

__attribute__((noinline)) static void take()
{
	std::lock_guard<std::mutex> guard(m); // @first
}

static void initialise()
{
	std::call_once(once, [] { take(); });
}

static void one()
{
	initialise();
	stage_reach(1);
}

static void two()
{
	stage_await(1);
	std::lock_guard<std::mutex> guard(m);
	initialise(); // @second
}

int main()
{
	std::thread first(one);
	std::thread second(two);

	first.join();
	second.join();
}

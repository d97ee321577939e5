/*
 * The function of a std::call_once throws: the call is as if it had not been made, and the next
 * one calls again ([thread.once.callonce]). When the exception has been caught the once is not
 * held, so m is not taken in it. The other thread's "m, then the once" is the only order.
 */
/* EXPECT none */
/* OUTPUT thrown: no 0; thrown: no 1; 3 runs */
#include "scenario.h"
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>

static std::mutex m;
static std::once_flag once;
static int runs;
static std::string seen;

static void initialise()
{
	std::call_once(
		once,
		[](int limit) {
			if (runs++ < limit)
				throw std::runtime_error("no " + std::to_string(runs - 1));
		},
		2);
}

static void one()
{
	for (int i = 0; i < 2; i++) {
		try {
			initialise();
		} catch (const std::runtime_error &error) {
			std::lock_guard<std::mutex> guard(m);
			seen += std::string("thrown: ") + error.what() + "; ";
		}
	}
	stage_reach(1);
}

static void two()
{
	stage_await(1);
	std::lock_guard<std::mutex> guard(m);
	initialise();
}

int main()
{
	std::thread first(one);
	std::thread second(two);

	first.join();
	second.join();
	printf("%s%d runs\n", seen.c_str(), runs);
}

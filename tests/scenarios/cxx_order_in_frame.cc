/*
 * Two objects in a frame of the first thread, with std::mutexes that nobody initialises by a call.
 * Both threads were given both objects: whoever locks one first has not made it, so that the other
 * one knows it as well.
 */
/* EXPECT lock-order feasible move */
/* STEPS 2 */
#include "scenario.h"
#include <mutex>
#include <thread>

struct account {
	std::mutex m;
	int money;
};

static void move(account &from, account &to)
{
	std::lock_guard<std::mutex> first(from.m);
	std::lock_guard<std::mutex> second(to.m); // @move

	from.money--;
	to.money++;
}

int main()
{
	account one{}, two{};

	std::thread there([&] {
		move(one, two);
		stage_reach(1);
	});
	std::thread back([&] {
		stage_await(1);
		move(two, one);
	});
	there.join();
	back.join();
	return 0;
}

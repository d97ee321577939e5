/*
 * A class whose objects each have a mutex; an operation on two objects takes this one's and then
 * the other's. It is used both ways round by two threads on a hundred pairs of objects. One bug,
 * in one line.
 */
/* EXPECT lock-order feasible wants */
/* INSTANCES >=100 */
/* ACQUISITIONS 400 */
#include "scenario.h"
#include <mutex>
#include <thread>

class account
{
      public:
	__attribute__((noinline)) void pay(account &other)
	{
		std::lock_guard<std::mutex> mine(lock);
		std::lock_guard<std::mutex> theirs(other.lock); // @wants
		balance--;
		other.balance++;
	}

      private:
	std::mutex lock;
	long balance = 0;
};

static account left[100], right[100];

static void one()
{
	for (int i = 0; i < 100; i++)
		left[i].pay(right[i]);
	stage_reach(1);
}

static void two()
{
	stage_await(1);
	for (int i = 0; i < 100; i++)
		right[i].pay(left[i]);
}

int main()
{
	std::thread first(one);
	std::thread second(two);

	first.join();
	second.join();
}

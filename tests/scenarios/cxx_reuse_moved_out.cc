/*
 * The near miss of cxx_reuse_delete.cc: of a vector of objects behind pointers, others are deleted
 * and made again, and the vector itself moves. The object lives on.
 */
/* EXPECT lock-order potential first second */
#include "scenario.h"
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

static std::mutex other;
static std::mutex *handed;

/* Takes the lock it is handed in the first turn, under `other`. */
static void worker()
{
	turn_await(1);
	other.lock();
	handed->lock(); /* @first */
	handed->unlock();
	other.unlock();
	turn_pass(2);
}

static void hand_over(std::mutex *m)
{
	handed = m;
	turn_pass(1);
	turn_await(2);
}

static void take_outside(std::mutex *m)
{
	m->lock();
	other.lock(); /* @second */
	other.unlock();
	m->unlock();
}

struct object {
	int number = 0;
	std::mutex m;
};

int main()
{
	std::thread thread(worker);
	std::vector<std::unique_ptr<object>> all;

	for (int i = 0; i < 3; i++)
		all.push_back(std::make_unique<object>());
	hand_over(&all[1]->m);
	all[0] = std::make_unique<object>();
	all[2].reset();
	for (int i = 0; i < 100; i++)
		all.push_back(std::make_unique<object>());
	take_outside(&all[1]->m);
	thread.join();
	return 0;
}

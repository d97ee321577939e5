/*
 * Like cxx_reuse_delete.cc, with over-aligned objects: the aligned forms of new and delete.
 */
/* EXPECT none */
/* OUTPUT same address */
#include "scenario.h"
#include <mutex>
#include <thread>

static std::mutex other;
static std::mutex *handed;

/* Takes the lock it is handed in the first turn, under `other`. */
static void worker()
{
	turn_await(1);
	other.lock();
	handed->lock();
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
	other.lock();
	other.unlock();
	m->unlock();
}

struct alignas(4096) object {
	int number = 0;
	std::mutex m;
};

int main()
{
	std::thread thread(worker);
	object *one = new object;
	uintptr_t before = (uintptr_t)one;

	hand_over(&one->m);
	delete one;
	one = new object;
	puts((uintptr_t)one == before ? "same address" : "another address");
	take_outside(&one->m);
	delete one;
	thread.join();
	return 0;
}

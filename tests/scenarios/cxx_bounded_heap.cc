/*
 * Two hundred thousand objects with a std::mutex, made, used and deleted; a hundred live at a time.
 */
/* EXPECT none */
/* ACQUISITIONS 200000 */
/* TRACE <=256 */
#include "scenario.h"
#include <memory>
#include <mutex>

struct object {
	char name[20];
	std::mutex m;
};

int main()
{
	std::unique_ptr<object> objects[100];

	for (int i = 0; i < 200000; i++) {
		auto &one = objects[i % 100];

		one = std::make_unique<object>();
		std::lock_guard<std::mutex> guard(one->m);
	}
	return 0;
}

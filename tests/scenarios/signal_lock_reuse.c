/*
 * The handler takes a lock of an object that is freed afterwards. The next objects, made at the
 * same place in the program and in memory, have locks of their own, which only the main thread
 * takes.
 */
/* EXPECT none */
#include "scenario.h"

struct object {
	pthread_mutex_t lock;
	int value;
};

static struct object *current;
static volatile int handled;

static void on_signal(int number)
{
	(void)number;
	if (!current)
		return;
	pthread_mutex_lock(&current->lock);
	current->value++;
	handled++;
	pthread_mutex_unlock(&current->lock);
}

static struct object *make(void)
{
	struct object *object = malloc(sizeof(*object));

	CHECK(pthread_mutex_init(&object->lock, NULL) == 0);
	return object;
}

int main(void)
{
	CHECK(signal(SIGUSR1, on_signal) == SIG_DFL);
	for (int i = 0; i < 100; i++) {
		struct object *object = make();

		if (i % 2 == 0) {
			current = object;
			CHECK(raise(SIGUSR1) == 0);
			current = NULL;
		} else {
			pthread_mutex_lock(&object->lock);
			object->value = i;
			pthread_mutex_unlock(&object->lock);
		}
		CHECK(pthread_mutex_destroy(&object->lock) == 0);
		free(object);
	}
	CHECK(handled == 50);
	return 0;
}

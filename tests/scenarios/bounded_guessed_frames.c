/*
 * A function without unwind tables, in assembler, calls for a mutex with something in rbp that is
 * no frame, but looks like one: what would be its return address is other data each time. It is
 * taken at one place all the same, and the trace does not grow.
 */
/* EXPECT none */
/* TRACE <=64 */
#include "scenario.h"

#if defined(__x86_64__)
void lock_without_tables(pthread_mutex_t *mutex, uint64_t *frame);
void lock_here(pthread_mutex_t *mutex);

void lock_here(pthread_mutex_t *mutex)
{
	pthread_mutex_lock(mutex);
}

__asm__(".text\n"
	".globl lock_without_tables\n"
	".type lock_without_tables, @function\n"
	"lock_without_tables:\n"
	"	pushq %rbp\n"
	"	movq %rsi, %rbp\n"
	"	call lock_here\n"
	"	popq %rbp\n"
	"	ret\n"
	".size lock_without_tables, .-lock_without_tables\n");
#else
static void lock_without_tables(pthread_mutex_t *mutex, uint64_t *frame)
{
	(void)frame;
	pthread_mutex_lock(mutex);
}
#endif

int main(void)
{
	char *data = calloc(20000, 16);
	volatile uint64_t frame[2] = {0};

	CHECK(data);
	for (int i = 0; i < 20000; i++) {
		pthread_mutex_t m;

		pthread_mutex_init(&m, NULL);
		frame[1] = (uintptr_t)(data + 16 * i);
		lock_without_tables(&m, (uint64_t *)frame);
		pthread_mutex_unlock(&m);
		pthread_mutex_destroy(&m);
	}
	free(data);
	return 0;
}

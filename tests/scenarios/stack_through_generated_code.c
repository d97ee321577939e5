/*
 * The near miss of bounded_guessed_frames.c: the function that takes the locks is called by code
 * that was made while the program ran, and has no tables either, but keeps rbp as functions do. So
 * the stack goes on to who called that.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"
#include <sys/mman.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, b = PTHREAD_MUTEX_INITIALIZER;
typedef void take_function(pthread_mutex_t *mutex);

static void take(pthread_mutex_t *mutex)
{
	pthread_mutex_lock(mutex);
}

#if defined(__x86_64__)
static void (*generated)(pthread_mutex_t *mutex, take_function *function);

static void generate(void)
{
	static const unsigned char code[] = {
		0x55,		  /* push %rbp */
		0x48, 0x89, 0xe5, /* mov %rsp, %rbp */
		0xff, 0xd6,	  /* call *%rsi */
		0x5d,		  /* pop %rbp */
		0xc3,		  /* ret */
	};
	void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(page != MAP_FAILED);
	memcpy(page, code, sizeof(code));
	CHECK(mprotect(page, 4096, PROT_READ | PROT_EXEC) == 0);
	memcpy(&generated, &page, sizeof(generated));
}
#else
static void generated(pthread_mutex_t *mutex, take_function *function)
{
	function(mutex);
}

static void generate(void)
{
}
#endif

static void *one(void *argument)
{
	pthread_mutex_lock(&a);
	generated(&b, take); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	turn_pass(1);
	return argument;
}

static void *two(void *argument)
{
	turn_await(1);
	pthread_mutex_lock(&b);
	generated(&a, take); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	generate();
	run_two(one, two);
	return 0;
}

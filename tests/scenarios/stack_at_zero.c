/*
 * What a function says of its frame (or what is guessed of one that says nothing, as in code made
 * at run time) may be that the frame begins at 0. The return address would then lie in the last
 * word of the address space, which nobody can read: there the stack ends, and the program goes on.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, b = PTHREAD_MUTEX_INITIALIZER;

int lock_at_zero(pthread_mutex_t *mutex);
#ifdef __x86_64__
__asm__(".pushsection .text\n"
	".globl lock_at_zero\n"
	".type lock_at_zero, @function\n"
	"lock_at_zero:\n\t"
	".cfi_startproc\n\t"
	"push %rbx\n\t"
	"xor %ebx, %ebx\n\t"
	".cfi_def_cfa %rbx, 0\n\t"
	"call pthread_mutex_lock@PLT\n\t"
	"pop %rbx\n\t"
	".cfi_def_cfa %rsp, 8\n\t"
	"ret\n\t"
	".cfi_endproc\n\t"
	".size lock_at_zero, . - lock_at_zero\n"
	".popsection");
#else
int lock_at_zero(pthread_mutex_t *mutex)
{
	return pthread_mutex_lock(mutex);
}
#endif

static void *first(void *unused)
{
	pthread_mutex_lock(&a); /* @first */
	CHECK(lock_at_zero(&b) == 0);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	stage_reach(1);
	return unused;
}

static void *second(void *unused)
{
	stage_await(1);
	pthread_mutex_lock(&b); /* @second */
	CHECK(lock_at_zero(&a) == 0);
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return unused;
}

int main(void)
{
	pthread_t one = start(first, NULL), two = start(second, NULL);

	finish(one);
	finish(two);
	return 0;
}

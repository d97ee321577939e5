/*
 * Frames of many kinds that a walk over the stack has to leave, each met in several stacks: what
 * was found out about it the first time is to hold for the others.
 */
#include <alloca.h>
#include <pthread.h>
#include <stdint.h>
#include <string.h>

#if defined(__clang__)
#define KIND static __attribute__((noinline, used))
#else
#define KIND static __attribute__((noinline, noipa, used))
#endif

static pthread_mutex_t mutexes[64];
static int next;

KIND void take(void)
{
	pthread_mutex_t *mutex = &mutexes[next++];

	pthread_mutex_lock(mutex);
	pthread_mutex_unlock(mutex);
	__asm__ volatile("" ::: "memory");
}

KIND void plain(int n)
{
	(void)n;
	take();
	__asm__ volatile("" ::: "memory");
}

KIND void with_alloca(int n)
{
	char *bytes = alloca((size_t)n * 16);

	memset(bytes, n, (size_t)n * 16);
	take();
	__asm__ volatile("" : : "r"(bytes) : "memory");
}

KIND void aligned(int n)
{
	char bytes[64] __attribute__((aligned(64)));
	char *more = alloca((size_t)n * 16);

	memset(bytes, n, sizeof(bytes));
	take();
	__asm__ volatile("" : : "r"(bytes), "r"(more) : "memory");
}

KIND void large(int n)
{
	char bytes[100000];

	memset(bytes, n, sizeof(bytes));
	take();
	__asm__ volatile("" : : "r"(bytes) : "memory");
}

#if defined(__x86_64__)
void by_expression(int n);
void near_and_far(int n);
void by_register(int n);
void without_table(int n);
void after_return(int n);

/* clang-format off */
__asm__(".text\n"
	".type by_expression, @function\n"
	"by_expression:\n"
	"	.cfi_startproc\n"
	"	subq $24, %rsp\n"
	"	.cfi_def_cfa_offset 32\n"
	"	leaq 32(%rsp), %rax\n"
	"	movq %rax, 8(%rsp)\n"
	"	.cfi_escape 0x0f, 3, 0x77, 8, 0x06\n" /* what stands at rsp + 8 */
	"	call take\n"
	"	.cfi_def_cfa rsp, 32\n"
	"	addq $24, %rsp\n"
	"	.cfi_def_cfa_offset 8\n"
	"	ret\n"
	"	.cfi_endproc\n"
	".size by_expression, . - by_expression\n"
	/* Keeps what its caller's frame is found by. */
	".type near, @function\n"
	"near:\n"
	"	.cfi_startproc\n"
	"	pushq %rbx\n"
	"	.cfi_def_cfa_offset 16\n"
	"	.cfi_offset rbx, -16\n"
	"	xorl %ebx, %ebx\n"
	"	call take\n"
	"	popq %rbx\n"
	"	.cfi_def_cfa_offset 8\n"
	"	.cfi_restore rbx\n"
	"	ret\n"
	"	.cfi_endproc\n"
	".size near, . - near\n"
	/* The same, and something far away. */
	".type near_and_far, @function\n"
	"near_and_far:\n"
	"	.cfi_startproc\n"
	"	pushq %rbx\n"
	"	.cfi_def_cfa_offset 16\n"
	"	.cfi_offset rbx, -16\n"
	"	subq $2048, %rsp\n"
	"	.cfi_def_cfa_offset 2064\n"
	"	movq %r12, (%rsp)\n"
	"	.cfi_offset r12, -2064\n"
	"	xorl %ebx, %ebx\n"
	"	xorl %r12d, %r12d\n"
	"	call take\n"
	"	movq (%rsp), %r12\n"
	"	.cfi_restore r12\n"
	"	addq $2048, %rsp\n"
	"	.cfi_def_cfa_offset 16\n"
	"	popq %rbx\n"
	"	.cfi_def_cfa_offset 8\n"
	"	.cfi_restore rbx\n"
	"	ret\n"
	"	.cfi_endproc\n"
	".size near_and_far, . - near_and_far\n"
	".type by_register, @function\n"
	"by_register:\n"
	"	.cfi_startproc\n"
	"	pushq %rbx\n"
	"	.cfi_def_cfa_offset 16\n"
	"	.cfi_offset rbx, -16\n"
	"	movq %rsp, %rbx\n"
	"	.cfi_def_cfa_register rbx\n"
	"	andq $-64, %rsp\n"
	"	testl $1, %edi\n"
	"	jz 1f\n"
	"	call near\n"
	"	jmp 2f\n"
	"1:	call near_and_far\n"
	"2:\n"
	"	movq %rbx, %rsp\n"
	"	.cfi_def_cfa_register rsp\n"
	"	popq %rbx\n"
	"	.cfi_def_cfa_offset 8\n"
	"	ret\n"
	"	.cfi_endproc\n"
	".size by_register, . - by_register\n"
	".type without_table, @function\n"
	"without_table:\n"
	"	pushq %rbp\n"
	"	movq %rsp, %rbp\n"
	"	call take\n"
	"	popq %rbp\n"
	"	ret\n"
	".size without_table, . - without_table\n"
	/* Its second part has the frame that the first had before it went. */
	".type after_return, @function\n"
	"after_return:\n"
	"	.cfi_startproc\n"
	"	pushq %rbp\n"
	"	.cfi_def_cfa_offset 16\n"
	"	.cfi_offset rbp, -16\n"
	"	movq %rsp, %rbp\n"
	"	.cfi_def_cfa_register rbp\n"
	"	testl %edi, %edi\n"
	"	jnz 1f\n"
	"	.cfi_remember_state\n"
	"	leave\n"
	"	.cfi_restore rbp\n"
	"	.cfi_def_cfa rsp, 8\n"
	"	ret\n"
	"1:	.cfi_restore_state\n"
	"	subq $32, %rsp\n"
	"	call take\n"
	"	leave\n"
	"	.cfi_def_cfa rsp, 8\n"
	"	ret\n"
	"	.cfi_endproc\n"
	".size after_return, . - after_return\n");
/* clang-format on */
#endif

static void (*const kinds[])(int) = {
	plain,	       with_alloca,  aligned,	  large,
#if defined(__x86_64__)
	by_expression, near_and_far, by_register, without_table, after_return,
#endif
};

KIND void first(void)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		kinds[i](1);
	__asm__ volatile("" ::: "memory");
}

/* The same frames, at other places of the stack and inside another one. */
KIND void second(void)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		kinds[i](3);
	__asm__ volatile("" ::: "memory");
}

KIND void third(void)
{
	char *bytes = alloca((size_t)next * 16);

	memset(bytes, 0, (size_t)next * 16);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		kinds[i](2);
	__asm__ volatile("" : : "r"(bytes) : "memory");
}

int main(void)
{
	for (size_t i = 0; i < sizeof(mutexes) / sizeof(*mutexes); i++)
		mutexes[i] = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
	first();
	second();
	third();
	return 0;
}

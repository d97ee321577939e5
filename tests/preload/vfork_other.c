/* A library with a vfork in front of the C library's, as AddressSanitizer's runtime has one. */
int vfork_calls;

#if defined(__x86_64__)
__asm__(".text\n"
	".globl vfork\n"
	".type vfork, @function\n"
	"vfork:\n"
	"	movq vfork_calls@gotpcrel(%rip), %rax\n"
	"	incl (%rax)\n"
	"	popq %rdi\n"
	"	movl $58, %eax\n"
	"	syscall\n"
	"	pushq %rdi\n"
	"	ret\n"
	".size vfork, .-vfork\n");
#endif

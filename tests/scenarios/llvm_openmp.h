/* What clang makes of OpenMP's critical sections: calls of LLVM's runtime, and a variable for each
 * name, and for none. And of ordered regions. */
#ifndef LLVM_OPENMP_H
#define LLVM_OPENMP_H

#include <stdint.h>

void __kmpc_critical(void *where, int thread, void *section);
void __kmpc_critical_with_hint(void *where, int thread, void *section, uintptr_t hint);
void __kmpc_end_critical(void *where, int thread, void *section);

void __kmpc_ordered(void *loop, int thread);
void __kmpc_end_ordered(void *loop, int thread);

#define SECTION(name) __asm__(".gomp_critical_user_" name ".var")

/* A macro, so that the call is on the line. */
#define ENTER(section) __kmpc_critical(NULL, 0, section)
#define ENTER_WITH_HINT(section) __kmpc_critical_with_hint(NULL, 0, section, 2)
#define LEAVE(section) __kmpc_end_critical(NULL, 0, section)

#endif

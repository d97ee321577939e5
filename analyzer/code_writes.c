#include "code_writes.h"
#include "object_code.h"
#include <string.h>

/* Structures have the sizes that they have on x86-64. Of a lock nothing is known that could change
 * by its being taken. */
static const struct code_writes writes[] = {
	{"__memcpy_chk", CODE_RDI, CODE_RDX, 1, false},
	{"__memmove_chk", CODE_RDI, CODE_RDX, 1, false},
	{"__memset_chk", CODE_RDI, CODE_RDX, 1, false},
	{"__snprintf_chk", CODE_RDI, CODE_RSI, 1, false},
	{"__vsnprintf_chk", CODE_RDI, CODE_RSI, 1, false},
	{"clock_gettime", CODE_RSI, CODE_NO_REGISTER, 16, false},
	{"fgets", CODE_RDI, CODE_RSI, 1, false},
	{"gettimeofday", CODE_RDI, CODE_NO_REGISTER, 16, false},
	{"memcmp", CODE_NO_REGISTER, CODE_NO_REGISTER, 0, false},
	{"memcpy", CODE_RDI, CODE_RDX, 1, false},
	{"memmove", CODE_RDI, CODE_RDX, 1, false},
	{"memset", CODE_RDI, CODE_RDX, 1, false},
	{"nanosleep", CODE_RSI, CODE_NO_REGISTER, 16, false},
	{"pthread_cond_broadcast", CODE_NO_REGISTER, CODE_NO_REGISTER, 0, false},
	{"pthread_cond_signal", CODE_NO_REGISTER, CODE_NO_REGISTER, 0, false},
	{"pthread_cond_timedwait", CODE_NO_REGISTER, CODE_NO_REGISTER, 0, false},
	{"pthread_cond_wait", CODE_NO_REGISTER, CODE_NO_REGISTER, 0, false},
	{"pthread_create", CODE_RDI, CODE_NO_REGISTER, 8, true},
	{"pthread_join", CODE_RSI, CODE_NO_REGISTER, 8, false},
	{"pthread_mutex_lock", CODE_NO_REGISTER, CODE_NO_REGISTER, 0, false},
	{"pthread_mutex_unlock", CODE_NO_REGISTER, CODE_NO_REGISTER, 0, false},
	{"puts", CODE_NO_REGISTER, CODE_NO_REGISTER, 0, false},
	{"read", CODE_RSI, CODE_RDX, 1, false},
	{"recv", CODE_RSI, CODE_RDX, 1, false},
	{"snprintf", CODE_RDI, CODE_RSI, 1, false},
	{"strcmp", CODE_NO_REGISTER, CODE_NO_REGISTER, 0, false},
	{"strftime", CODE_RDI, CODE_RSI, 1, false},
	{"strlen", CODE_NO_REGISTER, CODE_NO_REGISTER, 0, false},
	{"thrd_join", CODE_RSI, CODE_NO_REGISTER, 4, false},
	{"time", CODE_RDI, CODE_NO_REGISTER, 8, false},
	{"vsnprintf", CODE_RDI, CODE_RSI, 1, false},
	{"write", CODE_NO_REGISTER, CODE_NO_REGISTER, 0, false},
};

const struct code_writes *code_writes_of(const char *import)
{
	for (size_t i = 0; import && i < sizeof(writes) / sizeof(*writes); i++)
		if (strcmp(import, writes[i].name) == 0)
			return &writes[i];
	return NULL;
}

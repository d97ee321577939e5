#include "code_writes.h"
#include "object_code.h"
#include <string.h>

/* Structures have the sizes that they have on x86-64. Of a lock nothing is known that could change
 * by its being taken. */
static const struct code_writes writes[] = {
	{"__memcpy_chk", CODE_RDI, CODE_RDX, 1},
	{"__memmove_chk", CODE_RDI, CODE_RDX, 1},
	{"__memset_chk", CODE_RDI, CODE_RDX, 1},
	{"__snprintf_chk", CODE_RDI, CODE_RSI, 1},
	{"__vsnprintf_chk", CODE_RDI, CODE_RSI, 1},
	{"clock_gettime", CODE_RSI, CODE_NO_REGISTER, 16},
	{"fgets", CODE_RDI, CODE_RSI, 1},
	{"gettimeofday", CODE_RDI, CODE_NO_REGISTER, 16},
	{"memcmp", CODE_NO_REGISTER, CODE_NO_REGISTER, 0},
	{"memcpy", CODE_RDI, CODE_RDX, 1},
	{"memmove", CODE_RDI, CODE_RDX, 1},
	{"memset", CODE_RDI, CODE_RDX, 1},
	{"nanosleep", CODE_RSI, CODE_NO_REGISTER, 16},
	{"pthread_cond_broadcast", CODE_NO_REGISTER, CODE_NO_REGISTER, 0},
	{"pthread_cond_signal", CODE_NO_REGISTER, CODE_NO_REGISTER, 0},
	{"pthread_cond_timedwait", CODE_NO_REGISTER, CODE_NO_REGISTER, 0},
	{"pthread_cond_wait", CODE_NO_REGISTER, CODE_NO_REGISTER, 0},
	{"pthread_join", CODE_RSI, CODE_NO_REGISTER, 8},
	{"pthread_mutex_lock", CODE_NO_REGISTER, CODE_NO_REGISTER, 0},
	{"pthread_mutex_unlock", CODE_NO_REGISTER, CODE_NO_REGISTER, 0},
	{"puts", CODE_NO_REGISTER, CODE_NO_REGISTER, 0},
	{"read", CODE_RSI, CODE_RDX, 1},
	{"recv", CODE_RSI, CODE_RDX, 1},
	{"snprintf", CODE_RDI, CODE_RSI, 1},
	{"strcmp", CODE_NO_REGISTER, CODE_NO_REGISTER, 0},
	{"strftime", CODE_RDI, CODE_RSI, 1},
	{"strlen", CODE_NO_REGISTER, CODE_NO_REGISTER, 0},
	{"thrd_join", CODE_RSI, CODE_NO_REGISTER, 4},
	{"time", CODE_RDI, CODE_NO_REGISTER, 8},
	{"vsnprintf", CODE_RDI, CODE_RSI, 1},
	{"write", CODE_NO_REGISTER, CODE_NO_REGISTER, 0},
};

const struct code_writes *code_writes_of(const char *import)
{
	for (size_t i = 0; import && i < sizeof(writes) / sizeof(*writes); i++)
		if (strcmp(import, writes[i].name) == 0)
			return &writes[i];
	return NULL;
}

#include "code_writes.h"
#include "object_code.h"
#include "one_of.h"

#define NOTHING CODE_NO_REGISTER, CODE_NO_REGISTER, 0, false

/* Structures have the sizes that they have on x86-64. Of a lock nothing is known that could change
 * by its being taken. */
static const struct code_writes writes[] = {
	{"_Unwind_Resume", NOTHING},
	{"_ZNSt18condition_variable*", NOTHING},
	{"_ZSt20__throw_system_errori", NOTHING},
	{"_ZSt9terminatev", NOTHING},
	{"_ZdaPv", NOTHING},
	{"_ZdlPv", NOTHING},
	{"_ZdlPvm", NOTHING},
	{"_Znam", NOTHING},
	{"_Znwm", NOTHING},
	{"__asprintf_chk", CODE_RDI, CODE_NO_REGISTER, 8, false},
	{"__assert_fail", NOTHING},
	{"__chk_fail", NOTHING},
	{"__cxa_begin_catch", NOTHING},
	{"__cxa_end_catch", NOTHING},
	{"__cxa_finalize", NOTHING},
	{"__errno_location", NOTHING},
	{"__fprintf_chk", NOTHING},
	{"__isoc23_strtol", CODE_RSI, CODE_NO_REGISTER, 8, false},
	{"__isoc23_strtoll", CODE_RSI, CODE_NO_REGISTER, 8, false},
	{"__isoc23_strtoul", CODE_RSI, CODE_NO_REGISTER, 8, false},
	{"__isoc23_strtoull", CODE_RSI, CODE_NO_REGISTER, 8, false},
	{"__libc_start_main", NOTHING},
	{"__memcpy_chk", CODE_RDI, CODE_RDX, 1, false},
	{"__memmove_chk", CODE_RDI, CODE_RDX, 1, false},
	{"__mempcpy_chk", CODE_RDI, CODE_RDX, 1, false},
	{"__memset_chk", CODE_RDI, CODE_RDX, 1, false},
	{"__printf_chk", NOTHING},
	{"__read_chk", CODE_RSI, CODE_RDX, 1, false},
	{"__recv_chk", CODE_RSI, CODE_RDX, 1, false},
	{"__snprintf_chk", CODE_RDI, CODE_RSI, 1, false},
	{"__sprintf_chk", CODE_RDI, CODE_NO_REGISTER, 0, false},
	{"__stack_chk_fail", NOTHING},
	{"__strcat_chk", CODE_RDI, CODE_NO_REGISTER, 0, false},
	{"__strcpy_chk", CODE_RDI, CODE_NO_REGISTER, 0, false},
	{"__strncat_chk", CODE_RDI, CODE_NO_REGISTER, 0, false},
	{"__strncpy_chk", CODE_RDI, CODE_RDX, 1, false},
	{"__vfprintf_chk", NOTHING},
	{"__vprintf_chk", NOTHING},
	{"__vsnprintf_chk", CODE_RDI, CODE_RSI, 1, false},
	{"_exit", NOTHING},
	{"abort", NOTHING},
	{"asprintf", CODE_RDI, CODE_NO_REGISTER, 8, false},
	{"atof", NOTHING},
	{"atoi", NOTHING},
	{"atol", NOTHING},
	{"bcopy", CODE_RSI, CODE_RDX, 1, false},
	{"bzero", CODE_RDI, CODE_RSI, 1, false},
	{"calloc", NOTHING},
	{"clock_gettime", CODE_RSI, CODE_NO_REGISTER, 16, false},
	{"close", NOTHING},
	{"cnd_*", NOTHING},
	{"exit", NOTHING},
	{"explicit_bzero", CODE_RDI, CODE_RSI, 1, false},
	{"fclose", NOTHING},
	{"fflush", NOTHING},
	{"fgets", CODE_RDI, CODE_RSI, 1, false},
	{"fopen", NOTHING},
	{"fprintf", NOTHING},
	{"fputc", NOTHING},
	{"fputs", NOTHING},
	{"fread", CODE_RDI, CODE_NO_REGISTER, 0, false},
	{"fread_unlocked", CODE_RDI, CODE_NO_REGISTER, 0, false},
	{"free", NOTHING},
	{"fwrite", NOTHING},
	{"g_cond_*", NOTHING},
	{"g_mutex_*", NOTHING},
	{"getenv", NOTHING},
	{"getpid", NOTHING},
	{"gettimeofday", CODE_RDI, CODE_NO_REGISTER, 16, false},
	{"malloc", NOTHING},
	{"memcmp", NOTHING},
	{"memcpy", CODE_RDI, CODE_RDX, 1, false},
	{"memmove", CODE_RDI, CODE_RDX, 1, false},
	{"mempcpy", CODE_RDI, CODE_RDX, 1, false},
	{"memset", CODE_RDI, CODE_RDX, 1, false},
	{"mtx_*", NOTHING},
	{"nanosleep", CODE_RSI, CODE_NO_REGISTER, 16, false},
	{"open", NOTHING},
	{"perror", NOTHING},
	{"pread", CODE_RSI, CODE_RDX, 1, false},
	{"pread64", CODE_RSI, CODE_RDX, 1, false},
	{"printf", NOTHING},
	{"pthread_attr_destroy", NOTHING},
	{"pthread_attr_init", NOTHING},
	{"pthread_attr_set*", NOTHING},
	{"pthread_barrier_*", NOTHING},
	{"pthread_barrierattr_destroy", NOTHING},
	{"pthread_barrierattr_init", NOTHING},
	{"pthread_barrierattr_set*", NOTHING},
	{"pthread_cancel", NOTHING},
	{"pthread_cond_*", NOTHING},
	{"pthread_condattr_destroy", NOTHING},
	{"pthread_condattr_init", NOTHING},
	{"pthread_condattr_set*", NOTHING},
	{"pthread_create", CODE_RDI, CODE_NO_REGISTER, 8, true},
	{"pthread_detach", NOTHING},
	{"pthread_equal", NOTHING},
	{"pthread_exit", NOTHING},
	{"pthread_join", CODE_RSI, CODE_NO_REGISTER, 8, false},
	{"pthread_key_create", CODE_RDI, CODE_NO_REGISTER, 4, false},
	{"pthread_kill", NOTHING},
	{"pthread_mutex_*", NOTHING},
	{"pthread_mutex_getprioceiling", CODE_RSI, CODE_NO_REGISTER, 4, false},
	{"pthread_mutex_setprioceiling", CODE_RDX, CODE_NO_REGISTER, 4, false},
	{"pthread_mutexattr_destroy", NOTHING},
	{"pthread_mutexattr_init", NOTHING},
	{"pthread_mutexattr_set*", NOTHING},
	{"pthread_rwlock_*", NOTHING},
	{"pthread_rwlockattr_destroy", NOTHING},
	{"pthread_rwlockattr_init", NOTHING},
	{"pthread_rwlockattr_set*", NOTHING},
	{"pthread_self", NOTHING},
	{"pthread_setcancelstate", CODE_RSI, CODE_NO_REGISTER, 4, false},
	{"pthread_setcanceltype", CODE_RSI, CODE_NO_REGISTER, 4, false},
	{"pthread_setname_np", NOTHING},
	{"pthread_spin_*", NOTHING},
	{"putc", NOTHING},
	{"putchar", NOTHING},
	{"puts", NOTHING},
	{"rand", NOTHING},
	{"random", NOTHING},
	{"read", CODE_RSI, CODE_RDX, 1, false},
	{"realloc", NOTHING},
	{"recv", CODE_RSI, CODE_RDX, 1, false},
	{"sched_yield", NOTHING},
	{"sem_clockwait", NOTHING},
	{"sem_destroy", NOTHING},
	{"sem_getvalue", CODE_RSI, CODE_NO_REGISTER, 4, false},
	{"sem_init", NOTHING},
	{"sem_post", NOTHING},
	{"sem_timedwait", NOTHING},
	{"sem_trywait", NOTHING},
	{"sem_wait", NOTHING},
	{"send", NOTHING},
	{"sleep", NOTHING},
	{"snprintf", CODE_RDI, CODE_RSI, 1, false},
	{"sprintf", CODE_RDI, CODE_NO_REGISTER, 0, false},
	{"srand", NOTHING},
	{"stpcpy", CODE_RDI, CODE_NO_REGISTER, 0, false},
	{"strcasecmp", NOTHING},
	{"strcat", CODE_RDI, CODE_NO_REGISTER, 0, false},
	{"strcmp", NOTHING},
	{"strcpy", CODE_RDI, CODE_NO_REGISTER, 0, false},
	{"strcspn", NOTHING},
	{"strdup", NOTHING},
	{"strerror", NOTHING},
	{"strftime", CODE_RDI, CODE_RSI, 1, false},
	{"strlen", NOTHING},
	{"strncasecmp", NOTHING},
	{"strncat", CODE_RDI, CODE_NO_REGISTER, 0, false},
	{"strncmp", NOTHING},
	{"strncpy", CODE_RDI, CODE_RDX, 1, false},
	{"strndup", NOTHING},
	{"strnlen", NOTHING},
	{"strspn", NOTHING},
	{"strtod", CODE_RSI, CODE_NO_REGISTER, 8, false},
	{"strtol", CODE_RSI, CODE_NO_REGISTER, 8, false},
	{"strtoll", CODE_RSI, CODE_NO_REGISTER, 8, false},
	{"strtoul", CODE_RSI, CODE_NO_REGISTER, 8, false},
	{"strtoull", CODE_RSI, CODE_NO_REGISTER, 8, false},
	{"syslog", NOTHING},
	{"thrd_current", NOTHING},
	{"thrd_detach", NOTHING},
	{"thrd_exit", NOTHING},
	{"thrd_join", CODE_RSI, CODE_NO_REGISTER, 4, false},
	{"thrd_yield", NOTHING},
	{"time", CODE_RDI, CODE_NO_REGISTER, 8, false},
	{"unlink", NOTHING},
	{"usleep", NOTHING},
	{"vasprintf", CODE_RDI, CODE_NO_REGISTER, 8, false},
	{"vfprintf", NOTHING},
	{"vprintf", NOTHING},
	{"vsnprintf", CODE_RDI, CODE_RSI, 1, false},
	{"write", NOTHING},
};

static bool is_named(const char *import, const char *name)
{
	const size_t length = strlen(name) - 1;
	return name[length] == '*' ? strncmp(import, name, length) == 0 : strcmp(import, name) == 0;
}

/* One that stands there by its own name comes before others. */
const struct code_writes *code_writes_of(const char *import)
{
	const struct code_writes *found = NULL;
	for (size_t i = 0; import && i < sizeof(writes) / sizeof(*writes); i++)
		if (is_named(import, writes[i].name)) {
			found = &writes[i];
			if (strcmp(import, found->name) == 0)
				break;
		}
	return found;
}

bool code_writes_format(const char *import)
{
	static const char *const others[] = {"dprintf", "syslog", "vsyslog"};
	return ONE_OF(import, others) || strstr(import, "printf");
}

/* The name without what says which standard it follows. */
static const char *plain_name(const char *import)
{
	static const char *const standards[] = {"__isoc99_", "__isoc23_"};
	for (size_t i = 0; i < sizeof(standards) / sizeof(*standards); i++)
		if (strncmp(import, standards[i], strlen(standards[i])) == 0)
			return import + strlen(standards[i]);
	return import;
}

unsigned code_scans_behind(const char *import)
{
	const char *name = plain_name(import);
	if (strcmp(name, "fscanf") == 0 || strcmp(name, "sscanf") == 0)
		return 2;
	return strcmp(name, "scanf") == 0;
}

bool code_takes_list(const char *import)
{
	static const char *const scanning[] = {"vfscanf", "vscanf", "vsscanf"};
	return ONE_OF(plain_name(import), scanning) ||
	       (code_writes_format(import) && (import[0] == 'v' || strstr(import, "_v")));
}

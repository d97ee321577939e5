#include "code_writes.h"
#include "bisect.h"
#include "code_quiet.h"
#include "object_code.h"
#include "one_of.h"

#define ANY(register) \
	{ \
		.to = CODE_##register, .count = CODE_NO_REGISTER \
	}
#define BYTES(register, number) \
	{ \
		.to = CODE_##register, .count = CODE_NO_REGISTER, .each = (number) \
	}
#define UP_TO(register, many) \
	{ \
		.to = CODE_##register, .count = CODE_##many, .each = 1 \
	}
#define FOUND(register) \
	{ \
		.to = CODE_##register, .count = CODE_NO_REGISTER, .found = true \
	}

/* Structures have the sizes that they have on x86-64. Sorted. */
static const struct code_writes writes[] = {
	{"_ZNSt11logic_errorC1EPKc", {BYTES(RDI, 16)}},
	{"_ZNSt11logic_errorD1Ev", {BYTES(RDI, 16)}},
	{"_ZNSt12out_of_rangeC1EPKc", {BYTES(RDI, 16)}},
	{"_ZNSt13runtime_errorC1EPKc", {BYTES(RDI, 16)}},
	{"_ZNSt13runtime_errorC2EPKc", {BYTES(RDI, 16)}},
	{"_ZNSt13runtime_errorD1Ev", {BYTES(RDI, 16)}},
	{"_ZNSt13runtime_errorD2Ev", {BYTES(RDI, 16)}},
	{"_ZNSt16invalid_argumentC1EPKc", {BYTES(RDI, 16)}},
	{"_ZNSt16invalid_argumentD1Ev", {BYTES(RDI, 16)}},
	{"_ZNSt6thread15_M_start_threadESt10unique_ptrINS_6_StateESt14default_deleteIS1_EEPFvvE",
	 {BYTES(RDI, 8), BYTES(RSI, 8)}},
	{"_ZNSt6thread4joinEv", {BYTES(RDI, 8)}},
	{"_ZNSt6thread6_StateD2Ev", {BYTES(RDI, 8)}},
	{"_ZNSt6thread6detachEv", {BYTES(RDI, 8)}},
	{"_ZNSt9bad_allocD1Ev", {BYTES(RDI, 16)}},
	{"_ZNSt9exceptionD2Ev", {BYTES(RDI, 8)}},
	{"_ZSt28_Rb_tree_rebalance_for_erasePSt18_Rb_tree_node_baseRS_", {FOUND(RDI), FOUND(RSI)}},
	{"_ZSt29_Rb_tree_insert_and_rebalancebPSt18_Rb_tree_node_baseS0_RS_",
	 {FOUND(RSI), FOUND(RDX), FOUND(RCX)}},
	{"__asprintf_chk", {BYTES(RDI, 8)}},
	{"__cxa_guard_abort", {BYTES(RDI, 8)}},
	{"__cxa_guard_acquire", {BYTES(RDI, 8)}},
	{"__cxa_guard_release", {BYTES(RDI, 8)}},
	{"__explicit_bzero_chk", {ANY(RDI)}},
	{"__fgets_chk", {ANY(RDI)}},
	{"__fread_chk", {ANY(RDI)}},
	{"__fxstat", {BYTES(RDX, 144)}},
	{"__fxstat64", {BYTES(RDX, 144)}},
	{"__fxstatat", {BYTES(RCX, 144)}},
	{"__fxstatat64", {BYTES(RCX, 144)}},
	{"__getcwd_chk", {ANY(RDI)}},
	{"__getdelim", {FOUND(RDI), BYTES(RSI, 8)}},
	{"__getgroups_chk", {ANY(RSI)}},
	{"__gethostname_chk", {ANY(RDI)}},
	{"__isoc23_strtol", {BYTES(RSI, 8)}},
	{"__isoc23_strtoll", {BYTES(RSI, 8)}},
	{"__isoc23_strtoul", {BYTES(RSI, 8)}},
	{"__isoc23_strtoull", {BYTES(RSI, 8)}},
	{"__lxstat", {BYTES(RDX, 144)}},
	{"__lxstat64", {BYTES(RDX, 144)}},
	{"__memcpy_chk", {UP_TO(RDI, RDX)}},
	{"__memmove_chk", {UP_TO(RDI, RDX)}},
	{"__mempcpy_chk", {UP_TO(RDI, RDX)}},
	{"__memset_chk", {UP_TO(RDI, RDX)}},
	{"__poll_chk", {ANY(RDI)}},
	{"__pread64_chk", {UP_TO(RSI, RDX)}},
	{"__pread_chk", {UP_TO(RSI, RDX)}},
	{"__pthread_register_cancel", {FOUND(RDI)}},
	{"__pthread_unregister_cancel", {FOUND(RDI)}},
	{"__pthread_unwind_next", {FOUND(RDI)}},
	{"__read_chk", {UP_TO(RSI, RDX)}},
	{"__readlink_chk", {UP_TO(RSI, RDX)}},
	{"__realpath_chk", {ANY(RSI)}},
	{"__recv_chk", {UP_TO(RSI, RDX)}},
	{"__sigsetjmp", {BYTES(RDI, 200)}},
	{"__snprintf_chk", {UP_TO(RDI, RSI)}},
	{"__sprintf_chk", {ANY(RDI)}},
	{"__stpcpy_chk", {ANY(RDI)}},
	{"__strcat_chk", {ANY(RDI)}},
	{"__strcpy_chk", {ANY(RDI)}},
	{"__strncat_chk", {ANY(RDI)}},
	{"__strncpy_chk", {UP_TO(RDI, RDX)}},
	{"__strtok_r", {ANY(RDI), FOUND(RDX)}},
	{"__vasprintf_chk", {BYTES(RDI, 8)}},
	{"__vsnprintf_chk", {UP_TO(RDI, RSI)}},
	{"__vsprintf_chk", {ANY(RDI)}},
	{"__xpg_basename", {ANY(RDI)}},
	{"__xpg_strerror_r", {UP_TO(RSI, RDX)}},
	{"__xstat", {BYTES(RDX, 144)}},
	{"__xstat64", {BYTES(RDX, 144)}},
	{"_setjmp", {BYTES(RDI, 200)}},
	{"accept", {ANY(RSI), BYTES(RDX, 4)}},
	{"accept4", {ANY(RSI), BYTES(RDX, 4)}},
	{"asctime_r", {ANY(RSI)}},
	{"asprintf", {BYTES(RDI, 8)}},
	{"backtrace", {ANY(RDI)}},
	{"bcopy", {UP_TO(RSI, RDX)}},
	{"bzero", {UP_TO(RDI, RSI)}},
	{"call_once", {BYTES(RDI, 4)}},
	{"clock_getres", {BYTES(RSI, 16)}},
	{"clock_gettime", {BYTES(RSI, 16)}},
	{"clock_nanosleep", {BYTES(RCX, 16)}},
	{"copy_file_range", {BYTES(RSI, 8), BYTES(RCX, 8)}},
	{"ctime_r", {ANY(RSI)}},
	{"dirname", {ANY(RDI)}},
	{"dladdr", {BYTES(RSI, 32)}},
	{"epoll_pwait", {ANY(RSI)}},
	{"epoll_pwait2", {ANY(RSI)}},
	{"epoll_wait", {ANY(RSI)}},
	{"eventfd_read", {BYTES(RSI, 8)}},
	{"explicit_bzero", {UP_TO(RDI, RSI)}},
	{"fcntl", {BYTES(RDX, 32)}},
	{"fcntl64", {BYTES(RDX, 32)}},
	{"fgetpos", {BYTES(RSI, 16)}},
	{"fgetpos64", {BYTES(RSI, 16)}},
	{"fgets", {UP_TO(RDI, RSI)}},
	{"fgets_unlocked", {UP_TO(RDI, RSI)}},
	{"fgetxattr", {UP_TO(RDX, RCX)}},
	{"flistxattr", {UP_TO(RSI, RDX)}},
	{"fread", {ANY(RDI)}},
	{"fread_unlocked", {ANY(RDI)}},
	{"frexp", {BYTES(RDI, 4)}},
	{"frexpf", {BYTES(RDI, 4)}},
	{"fstat", {BYTES(RSI, 144)}},
	{"fstat64", {BYTES(RSI, 144)}},
	{"fstatat", {BYTES(RDX, 144)}},
	{"fstatat64", {BYTES(RDX, 144)}},
	{"fstatfs", {BYTES(RSI, 120)}},
	{"fstatfs64", {BYTES(RSI, 120)}},
	{"fstatvfs", {BYTES(RSI, 112)}},
	{"fstatvfs64", {BYTES(RSI, 112)}},
	{"getaddrinfo", {BYTES(RCX, 8)}},
	{"getcpu", {BYTES(RDI, 4), BYTES(RSI, 4)}},
	{"getcwd", {UP_TO(RDI, RSI)}},
	{"getdelim", {FOUND(RDI), BYTES(RSI, 8)}},
	{"getdomainname", {UP_TO(RDI, RSI)}},
	{"getentropy", {UP_TO(RDI, RSI)}},
	{"getgrgid_r", {BYTES(RSI, 32), UP_TO(RDX, RCX), BYTES(R8, 8)}},
	{"getgrnam_r", {BYTES(RSI, 32), UP_TO(RDX, RCX), BYTES(R8, 8)}},
	{"getgroups", {ANY(RSI)}},
	{"gethostbyname_r", {BYTES(RSI, 32), UP_TO(RDX, RCX), BYTES(R8, 8), BYTES(R9, 4)}},
	{"gethostname", {UP_TO(RDI, RSI)}},
	{"getifaddrs", {BYTES(RDI, 8)}},
	{"getitimer", {BYTES(RSI, 32)}},
	{"getline", {FOUND(RDI), BYTES(RSI, 8)}},
	{"getloadavg", {ANY(RDI)}},
	{"getnameinfo", {UP_TO(RDX, RCX), UP_TO(R8, R9)}},
	{"getopt", {ANY(RSI)}},
	{"getopt_long", {ANY(RSI), FOUND(RCX), BYTES(R8, 4)}},
	{"getopt_long_only", {ANY(RSI), FOUND(RCX), BYTES(R8, 4)}},
	{"getpeername", {ANY(RSI), BYTES(RDX, 4)}},
	{"getpwnam_r", {BYTES(RSI, 48), UP_TO(RDX, RCX), BYTES(R8, 8)}},
	{"getpwuid_r", {BYTES(RSI, 48), UP_TO(RDX, RCX), BYTES(R8, 8)}},
	{"getrandom", {UP_TO(RDI, RSI)}},
	{"getresgid", {BYTES(RDI, 4), BYTES(RSI, 4), BYTES(RDX, 4)}},
	{"getresuid", {BYTES(RDI, 4), BYTES(RSI, 4), BYTES(RDX, 4)}},
	{"getrlimit", {BYTES(RSI, 16)}},
	{"getrlimit64", {BYTES(RSI, 16)}},
	{"getrusage", {BYTES(RSI, 144)}},
	{"getsockname", {ANY(RSI), BYTES(RDX, 4)}},
	{"getsockopt", {ANY(RCX), BYTES(R8, 4)}},
	{"gettimeofday", {BYTES(RDI, 16)}},
	{"getxattr", {UP_TO(RDX, RCX)}},
	{"glob", {BYTES(RCX, 72)}},
	{"glob64", {BYTES(RCX, 72)}},
	{"globfree", {BYTES(RDI, 72)}},
	{"globfree64", {BYTES(RDI, 72)}},
	{"gmtime_r", {BYTES(RSI, 56)}},
	{"iconv", {FOUND(RCX), BYTES(RSI, 8), BYTES(RDX, 8), BYTES(R8, 8)}},
	{"if_indextoname", {BYTES(RSI, 16)}},
	{"inet_aton", {BYTES(RSI, 4)}},
	{"inet_ntop", {ANY(RDX)}},
	{"inet_pton", {BYTES(RDX, 16)}},
	{"ioctl", {FOUND(RDX)}},
	{"lgetxattr", {UP_TO(RDX, RCX)}},
	{"listxattr", {UP_TO(RSI, RDX)}},
	{"llistxattr", {UP_TO(RSI, RDX)}},
	{"localtime_r", {BYTES(RSI, 56)}},
	{"lstat", {BYTES(RSI, 144)}},
	{"lstat64", {BYTES(RSI, 144)}},
	{"madvise", {ANY(RDI)}},
	{"mallinfo", {ANY(RDI)}},
	{"mallinfo2", {ANY(RDI)}},
	{"mbrtowc", {BYTES(RDI, 4), BYTES(RCX, 8)}},
	{"mbstowcs", {ANY(RDI)}},
	{"mbtowc", {BYTES(RDI, 4)}},
	{"memccpy", {UP_TO(RDI, RCX)}},
	{"memcpy", {UP_TO(RDI, RDX)}},
	{"memfrob", {UP_TO(RDI, RSI)}},
	{"memmove", {UP_TO(RDI, RDX)}},
	{"mempcpy", {UP_TO(RDI, RDX)}},
	{"memset", {UP_TO(RDI, RDX)}},
	{"mkdtemp", {ANY(RDI)}},
	{"mkostemp", {ANY(RDI)}},
	{"mkostemp64", {ANY(RDI)}},
	{"mkstemp", {ANY(RDI)}},
	{"mkstemp64", {ANY(RDI)}},
	{"mktime", {BYTES(RDI, 56)}},
	{"mmap", {ANY(RDI)}},
	{"mmap64", {ANY(RDI)}},
	{"modf", {BYTES(RDI, 8)}},
	{"modff", {BYTES(RDI, 4)}},
	{"mq_getattr", {BYTES(RSI, 64)}},
	{"mq_receive", {UP_TO(RSI, RDX), BYTES(RCX, 4)}},
	{"mq_timedreceive", {UP_TO(RSI, RDX), BYTES(RCX, 4)}},
	{"mremap", {ANY(RDI), ANY(R8)}},
	{"msgrcv", {ANY(RSI)}},
	{"nanosleep", {BYTES(RSI, 16)}},
	{"pipe", {BYTES(RDI, 8)}},
	{"pipe2", {BYTES(RDI, 8)}},
	{"poll", {ANY(RDI)}},
	{"posix_memalign", {BYTES(RDI, 8)}},
	{"posix_spawn", {BYTES(RDI, 4)}},
	{"posix_spawn_file_actions_addclose", {ANY(RDI)}},
	{"posix_spawn_file_actions_adddup2", {ANY(RDI)}},
	{"posix_spawn_file_actions_addopen", {ANY(RDI)}},
	{"posix_spawn_file_actions_destroy", {ANY(RDI)}},
	{"posix_spawn_file_actions_init", {ANY(RDI)}},
	{"posix_spawnattr_destroy", {ANY(RDI)}},
	{"posix_spawnattr_init", {ANY(RDI)}},
	{"posix_spawnattr_setflags", {ANY(RDI)}},
	{"posix_spawnattr_setpgroup", {ANY(RDI)}},
	{"posix_spawnattr_setsigdefault", {ANY(RDI)}},
	{"posix_spawnattr_setsigmask", {ANY(RDI)}},
	{"posix_spawnp", {BYTES(RDI, 4)}},
	{"ppoll", {ANY(RDI)}},
	{"prctl", {ANY(RSI), ANY(RDX), ANY(R8)}},
	{"pread", {UP_TO(RSI, RDX)}},
	{"pread64", {UP_TO(RSI, RDX)}},
	{"preadv", {FOUND(RSI)}},
	{"preadv2", {FOUND(RSI)}},
	{"preadv64", {FOUND(RSI)}},
	{"preadv64v2", {FOUND(RSI)}},
	{"prlimit", {BYTES(RCX, 16)}},
	{"prlimit64", {BYTES(RCX, 16)}},
	{"process_vm_readv", {FOUND(RSI)}},
	{"pselect", {ANY(RSI), ANY(RDX), ANY(RCX)}},
	{"pthread_attr_getdetachstate", {BYTES(RSI, 4)}},
	{"pthread_attr_getguardsize", {BYTES(RSI, 8)}},
	{"pthread_attr_getstack", {BYTES(RSI, 8), BYTES(RDX, 8)}},
	{"pthread_attr_getstacksize", {BYTES(RSI, 8)}},
	{"pthread_clockjoin_np", {BYTES(RSI, 8)}},
	{"pthread_create", {BYTES(RDI, 8)}, true},
	{"pthread_getaffinity_np", {ANY(RDX)}},
	{"pthread_getattr_np", {BYTES(RSI, 56)}},
	{"pthread_getcpuclockid", {BYTES(RSI, 4)}},
	{"pthread_getname_np", {ANY(RSI)}},
	{"pthread_getschedparam", {BYTES(RSI, 4), BYTES(RDX, 4)}},
	{"pthread_join", {BYTES(RSI, 8)}},
	{"pthread_key_create", {BYTES(RDI, 4)}},
	{"pthread_mutex_getprioceiling", {BYTES(RSI, 4)}},
	{"pthread_mutex_setprioceiling", {BYTES(RDX, 4)}},
	{"pthread_once", {BYTES(RDI, 4)}},
	{"pthread_setcancelstate", {BYTES(RSI, 4)}},
	{"pthread_setcanceltype", {BYTES(RSI, 4)}},
	{"pthread_sigmask", {BYTES(RDX, 128)}},
	{"pthread_timedjoin_np", {BYTES(RSI, 8)}},
	{"pthread_tryjoin_np", {BYTES(RSI, 8)}},
	{"qsort", {ANY(RDI)}},
	{"rand_r", {BYTES(RDI, 4)}},
	{"read", {UP_TO(RSI, RDX)}},
	{"readlink", {UP_TO(RSI, RDX)}},
	{"readlinkat", {UP_TO(RDX, RCX)}},
	{"readv", {FOUND(RSI)}},
	{"realpath", {ANY(RSI)}},
	{"recv", {UP_TO(RSI, RDX)}},
	{"recvfrom", {UP_TO(RSI, RDX), ANY(R8), BYTES(R9, 4)}},
	{"recvmmsg", {FOUND(RSI)}},
	{"recvmsg", {FOUND(RSI)}},
	{"regcomp", {BYTES(RDI, 64)}},
	{"regerror", {UP_TO(RDX, RCX)}},
	{"regexec", {ANY(RCX)}},
	{"regfree", {BYTES(RDI, 64)}},
	{"remquo", {BYTES(RDI, 4)}},
	{"scandir", {BYTES(RSI, 8)}},
	{"scandir64", {BYTES(RSI, 8)}},
	{"sched_getaffinity", {ANY(RDX)}},
	{"sched_getparam", {BYTES(RSI, 4)}},
	{"sched_rr_get_interval", {BYTES(RSI, 16)}},
	{"select", {ANY(RSI), ANY(RDX), ANY(RCX), BYTES(R8, 16)}},
	{"sem_getvalue", {BYTES(RSI, 4)}},
	{"semctl", {FOUND(RCX)}},
	{"sendfile", {BYTES(RDX, 8)}},
	{"sendfile64", {BYTES(RDX, 8)}},
	{"sendmmsg", {ANY(RSI)}},
	{"setbuf", {FOUND(RSI)}},
	{"setitimer", {BYTES(RDX, 32)}},
	{"setjmp", {BYTES(RDI, 200)}},
	{"setvbuf", {FOUND(RSI)}},
	{"shmat", {ANY(RSI)}},
	{"shmctl", {ANY(RDX)}},
	{"sigaction", {BYTES(RDX, 152)}},
	{"sigaddset", {BYTES(RDI, 128)}},
	{"sigdelset", {BYTES(RDI, 128)}},
	{"sigemptyset", {BYTES(RDI, 128)}},
	{"sigfillset", {BYTES(RDI, 128)}},
	{"sigpending", {BYTES(RDI, 128)}},
	{"sigprocmask", {BYTES(RDX, 128)}},
	{"sigtimedwait", {BYTES(RSI, 128)}},
	{"sigwait", {BYTES(RSI, 4)}},
	{"sigwaitinfo", {BYTES(RSI, 128)}},
	{"sincos", {BYTES(RDI, 8), BYTES(RSI, 8)}},
	{"sincosf", {BYTES(RDI, 4), BYTES(RSI, 4)}},
	{"sincosl", {BYTES(RDI, 16), BYTES(RSI, 16)}},
	{"snprintf", {UP_TO(RDI, RSI)}},
	{"socketpair", {BYTES(RCX, 8)}},
	{"splice", {BYTES(RSI, 8), BYTES(RCX, 8)}},
	{"sprintf", {ANY(RDI)}},
	{"stat", {BYTES(RSI, 144)}},
	{"stat64", {BYTES(RSI, 144)}},
	{"statfs", {BYTES(RSI, 120)}},
	{"statfs64", {BYTES(RSI, 120)}},
	{"statvfs", {BYTES(RSI, 112)}},
	{"statvfs64", {BYTES(RSI, 112)}},
	{"statx", {BYTES(R8, 256)}},
	{"stpcpy", {ANY(RDI)}},
	{"strcat", {ANY(RDI)}},
	{"strcpy", {ANY(RDI)}},
	{"strerror_r", {UP_TO(RSI, RDX)}},
	{"strfry", {ANY(RDI)}},
	{"strftime", {UP_TO(RDI, RSI)}},
	{"strncat", {ANY(RDI)}},
	{"strncpy", {UP_TO(RDI, RDX)}},
	{"strptime", {BYTES(RDX, 56)}},
	{"strsep", {FOUND(RDI)}},
	{"strtod", {BYTES(RSI, 8)}},
	{"strtof", {BYTES(RSI, 8)}},
	{"strtoimax", {BYTES(RSI, 8)}},
	{"strtok", {FOUND(RDI)}},
	{"strtok_r", {ANY(RDI), FOUND(RDX)}},
	{"strtol", {BYTES(RSI, 8)}},
	{"strtold", {BYTES(RSI, 8)}},
	{"strtoll", {BYTES(RSI, 8)}},
	{"strtoq", {BYTES(RSI, 8)}},
	{"strtoul", {BYTES(RSI, 8)}},
	{"strtoull", {BYTES(RSI, 8)}},
	{"strtoumax", {BYTES(RSI, 8)}},
	{"strtouq", {BYTES(RSI, 8)}},
	{"strxfrm", {UP_TO(RDI, RDX)}},
	{"sysinfo", {BYTES(RDI, 112)}},
	{"tcgetattr", {BYTES(RSI, 60)}},
	{"thrd_join", {BYTES(RSI, 4)}},
	{"time", {BYTES(RDI, 8)}},
	{"timegm", {BYTES(RDI, 56)}},
	{"timer_gettime", {BYTES(RSI, 32)}},
	{"timer_settime", {BYTES(RCX, 32)}},
	{"timerfd_gettime", {BYTES(RSI, 32)}},
	{"timerfd_settime", {BYTES(RCX, 32)}},
	{"times", {BYTES(RDI, 32)}},
	{"tss_create", {BYTES(RDI, 4)}},
	{"ttyname_r", {ANY(RSI)}},
	{"uname", {BYTES(RDI, 390)}},
	{"vasprintf", {BYTES(RDI, 8)}},
	{"vsnprintf", {UP_TO(RDI, RSI)}},
	{"vsprintf", {ANY(RDI)}},
	{"wait", {BYTES(RDI, 4)}},
	{"wait3", {BYTES(RDI, 4), BYTES(RDX, 144)}},
	{"wait4", {BYTES(RSI, 4), BYTES(RCX, 144)}},
	{"waitid", {BYTES(RDX, 128)}},
	{"waitpid", {BYTES(RSI, 4)}},
	{"wcrtomb", {ANY(RDI), BYTES(RDX, 8)}},
	{"wcscat", {ANY(RDI)}},
	{"wcscpy", {ANY(RDI)}},
	{"wcsncpy", {ANY(RDI)}},
	{"wcstod", {BYTES(RSI, 8)}},
	{"wcstol", {BYTES(RSI, 8)}},
	{"wcstoll", {BYTES(RSI, 8)}},
	{"wcstombs", {ANY(RDI)}},
	{"wcstoul", {BYTES(RSI, 8)}},
	{"wcsxfrm", {UP_TO(RDI, RDX)}},
	{"wmemcpy", {ANY(RDI)}},
	{"wmemmove", {ANY(RDI)}},
	{"wmemset", {ANY(RDI)}},
};

/* Of C++'s library: names that begin so. */
static const struct code_writes beginnings[] = {
	{"_ZNKSt7__cxx1112basic_stringI", {FOUND(RDI), FOUND(RSI)}},
	{"_ZNSt7__cxx1112basic_stringI", {FOUND(RDI), FOUND(RSI)}},
	{"_ZNSt8__detail15_List_node_base", {FOUND(RDI), FOUND(RSI), FOUND(RDX)}},
};

static const struct code_writes nothing = {.name = ""};

const struct code_writes *code_writes_of(const char *import)
{
	const size_t count = sizeof(writes) / sizeof(*writes);
	if (!import)
		return NULL;
	const size_t first = BISECT(0, count, i, strcmp(writes[i].name, import) < 0);
	if (first < count && strcmp(writes[first].name, import) == 0)
		return &writes[first];
	for (size_t i = 0; i < sizeof(beginnings) / sizeof(*beginnings); i++)
		if (strncmp(import, beginnings[i].name, strlen(beginnings[i].name)) == 0)
			return &beginnings[i];
	return code_is_quiet(import) ? &nothing : NULL;
}

bool code_writes_nothing(const struct code_writes *writes)
{
	return writes->places->to == CODE_RAX;
}

const struct code_place *code_writes_to(const struct code_writes *writes, uint8_t number)
{
	for (const struct code_place *place = writes->places; place->to != CODE_RAX; place++)
		if (place->to == number)
			return place;
	return NULL;
}

bool code_writes_found(const struct code_writes *writes)
{
	for (const struct code_place *place = writes->places; place->to != CODE_RAX; place++)
		if (place->found)
			return true;
	return false;
}

bool code_writes_format(const char *import)
{
	static const char *const others[] = {"__syslog_chk",  "__vsyslog_chk", "err",	 "error",
					     "error_at_line", "errx",	       "syslog", "verr",
					     "verrx",	      "vsyslog",       "vwarn",	 "vwarnx",
					     "warn",	      "warnx"};
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

/* Owns the names. */
#include "code_imports.h"
#include "one_of.h"

bool code_import_ends_program(const char *import)
{
	static const char *const names[] = {
		"_Exit",
		"_ZSt20__throw_system_errori",
		"_ZSt9terminatev",
		"__assert",
		"__assert_fail",
		"__assert_perror_fail",
		"__chk_fail",
		"__fortify_fail",
		"__stack_chk_fail",
		"_exit",
		"abort",
		"err",
		"errx",
		"exit",
		"g_assertion_message",
		"g_assertion_message_expr",
		"quick_exit",
		"verr",
		"verrx",
	};
	return ONE_OF(import, names);
}

static bool always_throws(const char *import)
{
	static const char *const beginnings[] = {"__cxa_bad_", "__cxa_rethrow", "__cxa_throw"};
	/* std::__throw_… */
	if (strncmp(import, "_ZSt", 4) == 0 && strstr(import, "__throw_"))
		return true;
	for (size_t i = 0; i < sizeof(beginnings) / sizeof(*beginnings); i++)
		if (strncmp(import, beginnings[i], strlen(beginnings[i])) == 0)
			return true;
	return false;
}

bool code_import_never_returns(const char *import)
{
	static const char *const leaving[] = {
		"_Unwind_Resume", "__longjmp_chk", "_longjmp",	 "g_thread_exit",
		"longjmp",	  "pthread_exit",  "siglongjmp", "thrd_exit",
	};
	return code_import_ends_program(import) || always_throws(import) || ONE_OF(import, leaving);
}

bool code_import_returns_zero(const char *import)
{
	return strcmp(import, "cnd_wait") == 0 || strcmp(import, "pthread_cond_wait") == 0;
}

bool code_import_signals(const char *import)
{
	static const char *const names[] = {
		"_ZNSt18condition_variable10notify_allEv",
		"_ZNSt18condition_variable10notify_oneEv",
		"cnd_broadcast",
		"cnd_signal",
		"g_cond_broadcast",
		"g_cond_signal",
		"pthread_cond_broadcast",
		"pthread_cond_signal",
	};
	return ONE_OF(import, names);
}

bool code_import_unlocks(const char *import)
{
	static const char *const names[] = {"g_mutex_unlock", "mtx_unlock", "pthread_mutex_unlock"};
	return ONE_OF(import, names);
}

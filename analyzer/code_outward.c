#include "code_outward.h"
#include "one_of.h"
#include <string.h>

bool code_import_throws(const struct object_code *code, const char *name)
{
	static const char *const quiet[] = {"_ZNSt18condition_variable",
					    "_ZSt20__throw_system_error", "_ZSt9terminatev"};
	static const char *const calling[] = {
		"__longjmp_chk",   "_longjmp", "bsearch", "call_once",
		"dl_iterate_phdr", "lfind",    "longjmp", "lsearch",
		"pthread_once",	   "qsort",    "qsort_r", "siglongjmp",
		"tdelete",	   "tfind",    "tsearch", "twalk"};
	for (size_t i = 0; i < sizeof(quiet) / sizeof(*quiet); i++)
		if (strncmp(name, quiet[i], strlen(quiet[i])) == 0)
			return false;
	return ONE_OF(name, calling) || object_code_is_foreign(code, name);
}

const char *code_import_called(const struct object_code *code, const struct code_instruction *call,
			       const struct code_values *values)
{
	const struct code_value *called;
	if (call->import || call->kind != CODE_CALL || call->through == CODE_NO_REGISTER || !values)
		return call->import;
	called = &values->registers[call->through];
	return called->base == CODE_VARIABLE && called->offset == 0
		       ? object_code_import_at(code, called->key, true)
		       : NULL;
}

bool code_comes_back_twice(const struct code_function *function)
{
	static const char *const names[] = {"__sigsetjmp", "_setjmp",	"getcontext",
					    "setjmp",	   "sigsetjmp", "swapcontext"};
	for (uint32_t i = 0; i < function->count; i++) {
		const char *import = function->steps[i].instruction.import;
		for (size_t j = 0; import && j < sizeof(names) / sizeof(*names); j++)
			if (strcmp(import, names[j]) == 0)
				return true;
	}
	return false;
}

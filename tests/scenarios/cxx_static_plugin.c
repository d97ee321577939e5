/*
 * A C program loads a C++ library for itself only (RTLD_LOCAL), and the C++ runtime with it: the
 * library's local statics are guarded by a runtime that is in no global scope.
 */
/* EXPECT none */
/* OUTPUT 42 42 */
#include "scenario.h"
#include <dlfcn.h>

int main(void)
{
	void *library = dlopen("./cxx_static_plugin.so", RTLD_NOW | RTLD_LOCAL);
	char path[4096] = "";
	int (*value)(void);

	if (!library) {
		ssize_t length = readlink("/proc/self/exe", path, sizeof(path) - 8);

		CHECK(length > 0);
		path[length] = '\0';
		strcat(path, ".so");
		library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	}
	CHECK(library);
	value = (int (*)(void))(uintptr_t)dlsym(library, "value");
	CHECK(value);
	printf("%d %d\n", value(), value());
	return 0;
}

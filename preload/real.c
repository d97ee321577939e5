/* Owns the look-up of real functions. */
#include "real.h"

#include <dlfcn.h>
#include <errno.h>
#include <link.h>

void *real_lookup(const char *name, const char *version)
{
	int saved = errno;
	void *found = version ? dlvsym(RTLD_NEXT, name, version) : NULL;

	if (!found)
		found = dlsym(RTLD_NEXT, name);
	/* Our failure is not what the program's next dlerror shall tell. */
	if (!found)
		dlerror();
	errno = saved;
	return found;
}

void *real_lookup_in(const char *name, const char *library)
{
	void *found = real_lookup(name, NULL), *handle;
	int saved = errno;

	if (found)
		return found;
	/* It is loaded, or nobody would call; the reference is kept, so that it stays. */
	handle = dlopen(library, RTLD_LAZY | RTLD_NOLOAD);
	found = handle ? dlsym(handle, name) : NULL;
	errno = saved;
	return found;
}

const struct link_map *real_object(const void *address)
{
	static int (*find)(void *, struct dl_find_object *); /* glibc 2.35 */
	struct link_map *map = NULL;
	struct dl_find_object object;
	Dl_info info;

	if (!find)
		find = (int (*)(void *, struct dl_find_object *))real_lookup("_dl_find_object",
									     NULL);
	if (find)
		return find((void *)(uintptr_t)address, &object) ? NULL : object.dlfo_link_map;
	return dladdr1(address, &info, (void **)&map, RTLD_DL_LINKMAP) ? map : NULL;
}

bool real_same_object(const void *one, const void *other)
{
	const struct link_map *map = real_object(one);

	return map && map == real_object(other);
}

void real_resolve_early(void)
{
	/* Made by the linker. Pointers, so that nothing stands between them. */
	extern void (*const __start_gordian_early[])(void) __attribute__((visibility("hidden")));
	extern void (*const __stop_gordian_early[])(void) __attribute__((visibility("hidden")));

	for (void (*const *entry)(void) = __start_gordian_early; entry < __stop_gordian_early;
	     entry++)
		(*entry)();
}

void *real_own(void *function)
{
	extern const struct real_pair __start_gordian_pairs[] __attribute__((visibility("hidden")));
	extern const struct real_pair __stop_gordian_pairs[] __attribute__((visibility("hidden")));

	if (!function)
		return NULL;
	for (const struct real_pair *pair = __start_gordian_pairs; pair < __stop_gordian_pairs;
	     pair++)
		if (*(void *const *)pair->slot == function)
			return (void *)pair->own;
	return function;
}

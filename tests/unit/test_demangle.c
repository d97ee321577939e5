/* Unit tests: names of symbols, numbers and texts for people, paths of wrappers. */
#include <stdlib.h>
#include <string.h>

#include "demangle.h"
#include "human.h"
#include "suite.h"
#include "wrappers.h"

static const struct {
	const char *symbol, *name;
} symbols[] = {
	{"main", "main"},
	{"read@@GLIBC_2.2.5", "read"},
	{"flush.part.0", "flush"},
	{"flush.constprop.3.isra.1", "flush"},
	{"flush.cold", "flush"},
	{"lock.1234", "lock"},
	{"main.worker", "main.worker"},
	{".hidden", ".hidden"},
	{"_Z3putiPKc", "put"},
	{"_ZNK5Cache3getEi", "Cache::get"},
	{"_ZN12_GLOBAL__N_14lockE", "(anonymous namespace)::lock"},
	{"_ZN12_GLOBAL__N_11SclEi", "(anonymous namespace)::S::operator()"},
	{"_ZN1ScvbEv", "S::operator bool"},
	{"_ZNSt6vectorIiSaIiEE9push_backERKi", "std::vector<int, std::allocator<int>>::push_back"},
	{"_Z4makeINSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEEEiT_", "make<std::string>"},
	{"_Z7journalB5cxx11", "journal"},
	{"_ZN5Store3logB5cxx11Ev", "Store::log"},
	{"_ZZ4mainENKUlvE_clEv", "main::{lambda()#1}::operator()"},
	{"_ZN4test4main17h0123456789abcdefE", "test::main"},
	{"_ZN75_$LT$core..panic..Safe$LT$F$GT$$u20$as$u20$core..FnOnce$LT$$LP$$RP$$GT$$GT$4call"
	 "17h0123456789abcdefE",
	 "<core::panic::Safe<F> as core::FnOnce<()>>::call"},
	{"_ZN4test4main28_$u7b$$u7b$closure$u7d$$u7d$17h0123456789abcdefE",
	 "test::main::{{closure}}"},
	{"_RNvNvMs0_NtNtNtCsjrHSEGnQ3l9_3std3sys6thread4unixNtB7_6Thread3new12thread_start",
	 "<std::sys::thread::unix::Thread>::new::thread_start"},
	{"_RNCNvCs1234_4test4main0B3_", "test::main::{closure#0}"},
	{"_RNCNCNvCs1234_4test4main00B5_", "test::main::{closure#0}::{closure#0}"},
	{"_RNCNvCs1234_4test4mains_0B3_.llvm.12", "test::main::{closure#1}"},
	{"_RINvNtC4core3ptr13drop_in_placeINtNtC5alloc3vec3VechEEC4test",
	 "core::ptr::drop_in_place::<alloc::vec::Vec<u8>>"},
	{"_RNvXC4testNtB2_4PoolNtNtC4core3ops4Drop4drop", "<test::Pool as core::ops::Drop>::drop"},
	{"_RINvC4test3putRShAlj4_TlbEFEuDNtB2_1TEL_QNtB2_1SKja_E",
	 "test::put::<&[u8], [i32; 4], (i32, bool), fn(), dyn test::T, &mut test::S, 10>"},
	{"_RIC4testDINtC4core2FnTEEp6OutputlNtC4core4SendEL_E",
	 "test::<dyn core::Fn<(), Output = i32> + core::Send>"},
	{"_RNvB_1f", "_RNvB_1f"},
	{"_RIB_lE", "_RIB_lE"},
	{"_RNvC4test99f", "_RNvC4test99f"},
	{"_Running", "_Running"},
	{"_Z3putv.part.0", "put"},
	{"_Zgarbage", "_Zgarbage"},
	{"", ""},
};

START_TEST(demangled)
{
	char *name = demangle(symbols[_i].symbol);

	ck_assert_str_eq(name, symbols[_i].name);
	free(name);
}
END_TEST

#define THREAD(what) "std::thread::_State_impl<std::thread::_Invoker<std::tuple<" what ">>>::_M_run"

static const struct {
	const char *name, *carried;
} carriers[] = {
	{THREAD("main::{lambda()#2}"), "main::{lambda()#2}::operator()"},
	{THREAD("f(int)::{lambda(int, char)#1}, int, char"),
	 "f(int)::{lambda(int, char)#1}::operator()"},
	{THREAD("void (*)(int), int"), NULL},
	{THREAD("Worker"), NULL},
	{"std::_Function_handler<void (int, char), f()::{lambda(auto:1)#1}>::_M_invoke",
	 "f()::{lambda(auto:1)#1}::operator()"},
	{"std::_Function_handler<void (), void (*)()>::_M_invoke", NULL},
	{"std::_Function_handler<", NULL},
	{"::_M_run", NULL},
	{"main", NULL},
};

START_TEST(carried)
{
	char *name = demangle_carried(carriers[_i].name);

	ck_assert_pstr_eq(name, carriers[_i].carried);
	free(name);
}
END_TEST

static const struct {
	const char *name, *shorter;
} long_names[] = {
	{"map<int, string>::at", "map<int, string>::at"},
	{"Worker<std::vector<std::map<std::string, std::vector<int>>>>::run", "Worker<...>::run"},
	{"outer<std::vector<int, std::allocator<int>>>::inner<int>::operator->",
	 "outer<...>::inner<...>::operator->"},
	{"outer<std::vector<int, std::allocator<int>>>::value::operator<<",
	 "outer<...>::value::operator<<"},
	{"a_c_function_with_quite_a_long_name_but_without_any_brackets_at_all",
	 "a_c_function_with_quite_a_long_name_but_without_any_brackets_at_all"},
	{"main::{lambda()#1}::operator()() const::{lambda(auto:1&)#1}::operator()<std::map<int>>",
	 "main::{lambda()#1}::operator()::{lambda(auto:1&)#1}::operator()<...>"},
	/* As many brackets as bytes allow: longer than before. */
	{"f<><><><><><><><><><><><><><><><><><><><><><><><><>",
	 "f<...><...><...><...><...><...><...><...><...><...><...><...><...><...><...><...>"
	 "<...><...><...><...><...><...><...><...><...>"},
};

START_TEST(shortened)
{
	char *name = demangle_short(long_names[_i].name);

	ck_assert_str_eq(name, long_names[_i].shorter);
	free(name);
}
END_TEST

static const struct {
	uint64_t ns;
	const char *text;
} times[] = {
	{0, "0 ns"},
	{999, "999 ns"},
	{1000, "1.00 µs"},
	{999499, "999 µs"},
	{1234567, "1.23 ms"},
	{99960000, "100 ms"},
	{2500000000, "2.50 s"},
	{119900000000, "120 s"},
	{183000000000, "3 min 3 s"},
	{999999, "1.00 ms"},
};

START_TEST(nanoseconds)
{
	char buffer[HUMAN_SIZE];

	ck_assert_str_eq(human_ns(buffer, times[_i].ns), times[_i].text);
}
END_TEST

START_TEST(counts)
{
	char number[HUMAN_SIZE], buffer[HUMAN_SIZE + 20];

	ck_assert_str_eq(human_count(number, 0), "0");
	ck_assert_str_eq(human_count(number, 999), "999");
	ck_assert_str_eq(human_count(number, 1000), "1,000");
	ck_assert_str_eq(human_count(number, UINT64_MAX), "18,446,744,073,709,551,615");
	ck_assert_str_eq(human_plural(buffer, 1, "process"), "1 process");
	ck_assert_str_eq(human_plural(buffer, 2, "process"), "2 processes");
	ck_assert_str_eq(human_plural(buffer, 0, "lock"), "0 locks");
}
END_TEST

static const struct {
	const char *text, *clean, *utf8;
} texts[] = {
	{"plain µs", "plain µs", "plain µs"},
	{"tab\tline\nescape\033[31m", "tab line?escape?[31m", "tab\tline\nescape\033[31m"},
	{"c1 \xc2\x9b", "c1 ?", "c1 \xc2\x9b"},
	{"no break \xc2\xa0", "no break \xc2\xa0", "no break \xc2\xa0"},
	{"\x80 alone", "? alone", "? alone"},
	{"cut \xe2\x82", "cut ??", "cut ??"},
	{"overlong \xc0\xaf \xe0\x80\x80", "overlong ?? ???", "overlong ?? ???"},
	{"surrogate \xed\xa0\x80", "surrogate ???", "surrogate ???"},
	{"beyond \xf4\x90\x80\x80", "beyond ????", "beyond ????"},
	{"\xf0\x9f\x94\x92", "\xf0\x9f\x94\x92", "\xf0\x9f\x94\x92"},
};

START_TEST(cleaned)
{
	char *clean = human_clean(texts[_i].text), *utf8 = human_utf8(texts[_i].text);

	ck_assert_str_eq(clean, texts[_i].clean);
	ck_assert_str_eq(utf8, texts[_i].utf8);
	free(clean);
	free(utf8);
}
END_TEST

static const struct {
	const char *function, *module;
	bool wrapper;
} frames[] = {
	{"start_thread", "/lib/x86_64-linux-gnu/libc.so.6", true},
	{NULL, "/usr/lib/x86_64-linux-gnu/libstdc++.so.6", true},
	{"std::mutex::lock", "/home/me/prog", true},
	{"__gthread_mutex_lock", "/home/me/prog", true},
	{"g_mutex_locker_new", "/home/me/prog", true},
	{"standard", "/home/me/prog", false},
	{"work", "/home/me/libcache.so", false},
	{NULL, "/home/me/prog", false},
	{NULL, NULL, false},
};

START_TEST(wrappers)
{
	struct frame frame = {.function = frames[_i].function, .module = frames[_i].module};

	ck_assert(frame_is_wrapper(&frame) == frames[_i].wrapper);
}
END_TEST

#define COUNT(table) ((int)(sizeof(table) / sizeof((table)[0])))

int main(void)
{
	Suite *suite = suite_create("demangle");
	TCase *tests = tcase_create("demangle");

	tcase_add_loop_test(tests, demangled, 0, COUNT(symbols));
	tcase_add_loop_test(tests, shortened, 0, COUNT(long_names));
	tcase_add_loop_test(tests, carried, 0, COUNT(carriers));
	tcase_add_loop_test(tests, nanoseconds, 0, COUNT(times));
	tcase_add_test(tests, counts);
	tcase_add_loop_test(tests, cleaned, 0, COUNT(texts));
	tcase_add_loop_test(tests, wrappers, 0, COUNT(frames));
	suite_add_tcase(suite, tests);
	return suite_run(suite);
}

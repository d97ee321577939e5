/*
 * Linker symbols to the names people wrote: C++ and Rust names demangled, without parameter
 * list, return type and compiler-made suffixes (".part.0", ".constprop.1", "@@GLIBC_2.34",
 * "::h0123456789abcdef", "[abi:cxx11]"), so that a name stays the same over rebuilds.
 */
#ifndef GORDIAN_DEMANGLE_H
#define GORDIAN_DEMANGLE_H

/* The name for people; from malloc. */
char *demangle(const char *symbol);

/* A demangled name for prose: one of more than 48 bytes has its template arguments left out. From
 * malloc. */
char *demangle_short(const char *name);

/*
 * The lambda's operator() that a function of libstdc++ was made to run, as the name of an instance
 * of a template tells: "main::{lambda()#1}::operator()" of the start of a std::thread. From malloc;
 * NULL: the name tells of none.
 */
char *demangle_carried(const char *name);

#endif

/*
 * Rust's symbols. Of the new ones ("_R…", RFC 2603) names are made like those of the old ones, and
 * like rustc's own: the crate's hash, disambiguators and lifetimes are left out, so that a name
 * stays the same over rebuilds.
 */
#ifndef GORDIAN_DEMANGLE_RUST_H
#define GORDIAN_DEMANGLE_RUST_H

/* The name for people, from malloc; NULL: it is none of these symbols. */
char *demangle_rust(const char *symbol);

#endif

# shellcheck shell=sh disable=SC2034,SC2120
# Shared by tools/try and tools/test; sourced, with the current directory at the top of the tree.
# What is built lies in build/.

if [ -t 1 ] && [ -z "${NO_COLOR:-}" ] && [ "${TERM:-dumb}" != dumb ]; then
	bold=$(printf '\033[1m') red=$(printf '\033[31m') green=$(printf '\033[32m')
	plain=$(printf '\033[0m')
else
	bold='' red='' green='' plain=''
fi

step() {
	printf '%s==> %s%s\n' "$bold" "$*" "$plain"
}

fail() {
	printf '%s%s%s\n' "$red" "$*" "$plain" >&2
	exit 1
}

# quietly WHAT COMMAND...: shows what the command printed only when it fails.
quietly() {
	what=$1
	shift
	log=$(mktemp)
	if "$@" >"$log" 2>&1; then
		rm -f "$log"
		return
	fi
	cat "$log" >&2
	rm -f "$log"
	fail "$what failed"
}

# configure [MESON OPTION...]: sets the options of what is built.
configure() {
	if [ ! -f build/build.ninja ]; then
		quietly "The configuration" meson setup build "$@"
	elif [ $# -gt 0 ]; then
		quietly "The configuration" meson configure build "$@"
	fi
}

# build [TARGET...]: these, or everything.
build() {
	step "Building in build/"
	quietly "The build" ninja -C build "$@"
}

// Tells LeakSanitizer what Debian's libraries leak. Linked into every binary of
// the asan preset.
//
// c-ares 1.18 keeps the ten bytes of "localhost" for each time that gRPC's
// polling resolver looks it up (ares_gethostbyname), whoever frees the answer. Its
// frames cannot be unwound, so the library is named.
extern "C" const char* __lsan_default_suppressions() { return "leak:libcares.so\n"; }

// Told each time, they would be among what a test reads of a process.
extern "C" const char* __lsan_default_options() { return "print_suppressions=0"; }

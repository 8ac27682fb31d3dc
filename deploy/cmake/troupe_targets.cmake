# troupe_library, troupe_executable, troupe_test and troupe_benchmark are the
# only ways to declare a C++ target here. One module is one target, so each
# CMakeLists.txt reads as a dependency graph.

set(TROUPE_SANITIZE "" CACHE STRING "e.g. address,undefined or thread")
option(TROUPE_WERROR "Treat warnings as errors" ON)
# These make a build from clean cheaper. Off, each file is parsed on its own,
# which is how an include that is missing shows.
option(TROUPE_UNITY "Compile the files of a target a few at a time" ON)
option(TROUPE_PCH "Precompile what many files include; see troupe_headers.cmake" ON)
if(TROUPE_SANITIZE MATCHES thread)  # Whose macros differ from test to test; see proto/.
  set(TROUPE_PCH OFF)
endif()

add_library(troupe_build_options INTERFACE)
target_compile_features(troupe_build_options INTERFACE cxx_std_20)
target_compile_options(troupe_build_options INTERFACE -pthread)  # Also a macro.
target_compile_options(troupe_build_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor
  -Wno-missing-field-initializers  # Designated initializers leave the rest out.
  -ffp-contract=off)  # Scores must not depend on fused multiply-adds.
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  # Below this many KiB it frees nothing, which takes a tenth of the time else.
  target_compile_options(troupe_build_options INTERFACE --param=ggc-min-heapsize=1048576)
endif()
if(TROUPE_WERROR)
  target_compile_options(troupe_build_options INTERFACE -Werror)
endif()
if(CMAKE_CXX_COMPILER_ID MATCHES Clang)  # GCC 12 has no such analysis.
  target_compile_options(troupe_build_options INTERFACE -Wthread-safety)
endif()
if(TROUPE_SANITIZE)
  set(flags -fsanitize=${TROUPE_SANITIZE} -fno-sanitize-recover=all)
  add_compile_options(${flags})
  add_link_options(${flags})
  # With what sanitizers add, GCC 12 takes the members of optionals for uninitialised.
  target_compile_options(troupe_build_options INTERFACE -Wno-maybe-uninitialized)
endif()
if(TROUPE_SANITIZE MATCHES thread)  # Debian's libraries hide their locks.
  # Of fences, which it does not know. Abseil's flags have some, beside atomics only.
  target_compile_options(troupe_build_options INTERFACE -Wno-tsan)
  add_library(troupe_tsan_libraries OBJECT ${PROJECT_SOURCE_DIR}/tests/testing/tsan_libraries.cc)
  target_link_libraries(troupe_tsan_libraries PRIVATE troupe_build_options absl::synchronization)
  set(TROUPE_SANITIZER_OBJECTS $<TARGET_OBJECTS:troupe_tsan_libraries>)
endif()
if(TROUPE_SANITIZE MATCHES address)  # Debian's libraries leak a little.
  add_library(troupe_lsan_libraries OBJECT ${PROJECT_SOURCE_DIR}/tests/testing/lsan_libraries.cc)
  target_link_libraries(troupe_lsan_libraries PRIVATE troupe_build_options)
  set(TROUPE_SANITIZER_OBJECTS $<TARGET_OBJECTS:troupe_lsan_libraries>)
endif()

include(${CMAKE_CURRENT_LIST_DIR}/troupe_headers.cmake)

# troupe_batch(<target> [<file> ...]) compiles the files of a target a few at a
# time, but each <file> by itself: its local names are also another file's. The
# other functions call such a list SEPARATE.
function(troupe_batch target)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ${TROUPE_UNITY} UNITY_BUILD_BATCH_SIZE 8)
  set_source_files_properties(${ARGN} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()

# troupe_library(<module> HDRS ... SRCS ... [SEPARATE ...] [DEPS ...]) defines
# troupe::<module>.
function(troupe_library module)
  cmake_parse_arguments(ARG "" "" "HDRS;SRCS;SEPARATE;DEPS" ${ARGN})
  if(ARG_SRCS OR ARG_SEPARATE)
    add_library(troupe_${module} STATIC ${ARG_HDRS} ${ARG_SRCS} ${ARG_SEPARATE})
    target_include_directories(troupe_${module} PUBLIC ${PROJECT_SOURCE_DIR})
    target_link_libraries(troupe_${module}
      PUBLIC ${ARG_DEPS} PRIVATE troupe_build_options)
    troupe_batch(troupe_${module} ${ARG_SEPARATE})
    troupe_start_from_what_it_links(troupe_${module} ${ARG_DEPS})
  else()
    add_library(troupe_${module} INTERFACE)
    target_sources(troupe_${module} INTERFACE FILE_SET HEADERS
      BASE_DIRS ${PROJECT_SOURCE_DIR} FILES ${ARG_HDRS})
    target_link_libraries(troupe_${module} INTERFACE ${ARG_DEPS})
    troupe_note_rpc(troupe_${module} ${ARG_DEPS})
  endif()
  add_library(troupe::${module} ALIAS troupe_${module})
endfunction()

# troupe_embed(<module> <NAME>=<file> ...) defines troupe::<module>, a header
# "<folder>/<module>.h" with one `absl::string_view k<NAME>` a data file.
function(troupe_embed module)
  file(RELATIVE_PATH folder ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
  set(generated ${CMAKE_BINARY_DIR}/embedded)
  set(declarations "")
  set(definitions "")
  foreach(entry ${ARGN})
    string(REGEX MATCH "^([^=]+)=(.*)$" _ ${entry})
    set(name ${CMAKE_MATCH_1})
    set(path ${CMAKE_CURRENT_SOURCE_DIR}/${CMAKE_MATCH_2})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${path})
    file(READ ${path} bytes HEX)
    string(REGEX REPLACE "(................................)" "\\1\n" bytes "${bytes}")
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${bytes}")
    string(APPEND declarations "extern const absl::string_view k${name};  // ${CMAKE_MATCH_2}\n")
    string(APPEND definitions
      "static const char k${name}Bytes[] = {\n${bytes}'\\0'};\n"
      "const absl::string_view k${name}(k${name}Bytes, sizeof(k${name}Bytes) - 1);\n")
  endforeach()
  set(header ${generated}/${folder}/${module}.h)
  set(source ${generated}/${folder}/${module}.cc)
  file(CONFIGURE OUTPUT ${header} @ONLY CONTENT
    "#pragma once\n#include \"absl/strings/string_view.h\"\nnamespace troupe::data {\n${declarations}}\n")
  file(CONFIGURE OUTPUT ${source} @ONLY CONTENT
    "#include \"${folder}/${module}.h\"\nnamespace troupe::data {\n${definitions}}\n")
  add_library(troupe_${module} STATIC ${source})
  target_compile_features(troupe_${module} PUBLIC cxx_std_20)
  target_include_directories(troupe_${module} PUBLIC ${generated})
  add_library(troupe::${module} ALIAS troupe_${module})
endfunction()

# troupe_executable(<name> SRCS ... [SEPARATE ...] DEPS ...) is a binary in bin/.
function(troupe_executable name)
  cmake_parse_arguments(ARG "" "" "SRCS;SEPARATE;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SRCS} ${ARG_SEPARATE})
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} troupe_build_options ${TROUPE_SANITIZER_OBJECTS})
  troupe_batch(${name} ${ARG_SEPARATE})
  troupe_start_from_what_it_links(${name} ${ARG_DEPS})
endfunction()

# troupe_test_code(<target>) trades the speed of test code for that of its
# compiler. What it tests is in libraries, which stay as they are.
function(troupe_test_code target)
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O1>)
  get_target_property(speaks_rpc ${target} TROUPE_SPEAKS_RPC)
  if(speaks_rpc)
    troupe_start_from(${target} rpc_test_headers)
  else()
    troupe_start_from(${target} test_headers)
  endif()
endfunction()

# troupe_test(<name> SRCS ... [SEPARATE ...] DEPS ... [LABELS ...] [TIMEOUT s]) is
# one binary, one CTest entry per TEST. Label `unit` unless said otherwise.
function(troupe_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SRCS;SEPARATE;DEPS;LABELS" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 60)
  endif()
  if(NOT ARG_LABELS)
    set(ARG_LABELS unit)
  endif()
  add_executable(${name} ${ARG_SRCS} ${ARG_SEPARATE})
  target_link_libraries(${name}
    PRIVATE ${ARG_DEPS} troupe_build_options GTest::gmock_main ${TROUPE_SANITIZER_OBJECTS})
  troupe_batch(${name} ${ARG_SEPARATE})
  troupe_start_from_what_it_links(${name} ${ARG_DEPS})
  if(NOT "property" IN_LIST ARG_LABELS)  # Those run for long.
    troupe_test_code(${name})
  endif()
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST
    PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS ${ARG_LABELS})
endfunction()

# troupe_benchmark(<name> SRCS ... DEPS ...) is a Google Benchmark binary.
function(troupe_benchmark name)
  cmake_parse_arguments(ARG "" "" "SRCS;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SRCS})
  target_link_libraries(${name}
    PRIVATE ${ARG_DEPS} troupe_build_options benchmark::benchmark)
endfunction()

# troupe_use_jemalloc(<name>) links it into a server, where it is installed.
function(troupe_use_jemalloc name)
  if(TROUPE_JEMALLOC AND NOT TROUPE_SANITIZE)
    target_sources(${name} PRIVATE ${PROJECT_SOURCE_DIR}/services/apps/allocator.cc)
    target_link_libraries(${name} PRIVATE ${TROUPE_JEMALLOC})
  endif()
endfunction()

# Every library we link, all from Debian 12. The order matters: Debian has no
# ProtobufConfig, so module mode must find Protobuf before gRPC's config asks.
set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)
find_package(Protobuf REQUIRED)
find_package(absl CONFIG REQUIRED)
find_package(gRPC CONFIG REQUIRED)
find_package(RocksDB CONFIG REQUIRED)
find_package(CLI11 CONFIG REQUIRED)
find_package(nlohmann_json CONFIG REQUIRED)
find_package(spdlog CONFIG REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc i18n)
find_package(NLopt CONFIG REQUIRED)
find_package(ZLIB REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(XXHASH REQUIRED IMPORTED_TARGET libxxhash)
pkg_check_modules(LIBICAL REQUIRED IMPORTED_TARGET libical)
find_library(TROUPE_LIBCSV csv REQUIRED)
find_path(TROUPE_LIBCSV_INCLUDE csv.h REQUIRED)
add_library(troupe_libcsv INTERFACE)
target_include_directories(troupe_libcsv INTERFACE ${TROUPE_LIBCSV_INCLUDE})
target_link_libraries(troupe_libcsv INTERFACE ${TROUPE_LIBCSV})

# Debian builds Asio without Boost; it is headers only.
find_path(TROUPE_ASIO_INCLUDE asio/thread_pool.hpp REQUIRED)
add_library(troupe_asio INTERFACE)
target_include_directories(troupe_asio SYSTEM INTERFACE ${TROUPE_ASIO_INCLUDE})
target_compile_definitions(troupe_asio INTERFACE ASIO_STANDALONE)
if(TROUPE_SANITIZE MATCHES thread)  # Which does not know fences; Asio's locks suffice.
  target_compile_definitions(troupe_asio INTERFACE ASIO_DISABLE_FENCED_BLOCK)
endif()
target_link_libraries(troupe_asio INTERFACE Threads::Threads)

option(TROUPE_TESTS "Build the tests" ON)
if(TROUPE_TESTS)
  find_package(GTest CONFIG REQUIRED)
  find_package(benchmark CONFIG REQUIRED)
  # What gaps and training plans are held against: no product links them.
  find_library(TROUPE_GLPK glpk REQUIRED)
  find_library(TROUPE_LEMON NAMES lemon emon REQUIRED)
endif()

# The servers' allocator: glibc's keeps several times the memory of an import.
# Sanitizers bring their own.
find_library(TROUPE_JEMALLOC jemalloc)

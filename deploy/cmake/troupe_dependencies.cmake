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
find_package(ZLIB REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(XXHASH REQUIRED IMPORTED_TARGET libxxhash)
find_library(TROUPE_LIBCSV csv REQUIRED)
find_path(TROUPE_LIBCSV_INCLUDE csv.h REQUIRED)
add_library(troupe_libcsv INTERFACE)
target_include_directories(troupe_libcsv INTERFACE ${TROUPE_LIBCSV_INCLUDE})
target_link_libraries(troupe_libcsv INTERFACE ${TROUPE_LIBCSV})

# google/rpc/{status,error_details}.proto, for the details of an error.
find_path(TROUPE_GOOGLEAPIS google/rpc/error_details.proto
  PATHS /usr/share/gocode/src/github.com/grpc-ecosystem/grpc-gateway/third_party/googleapis
  REQUIRED NO_DEFAULT_PATH)

option(TROUPE_TESTS "Build the tests" ON)
if(TROUPE_TESTS)
  find_package(GTest CONFIG REQUIRED)
  find_package(benchmark CONFIG REQUIRED)
endif()

# Headers that many files include, precompiled. Which of them a target starts from
# follows from what it links. All are other people's, so that a change of one of ours
# does not rebuild what does not include it; and stubs of services are not among them:
# what GCC writes of those takes longer to read than they take to parse. Included by
# troupe_targets.cmake.

# troupe_headers(<name> LINKS ... HEADERS ... [OPTIONS ...]) precompiles them with
# these options, which have to be those of all that start from them.
function(troupe_headers name)
  cmake_parse_arguments(ARG "" "" "LINKS;HEADERS;OPTIONS" ${ARGN})
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/${name}.cc CONTENT "")
  add_library(troupe_${name} OBJECT ${CMAKE_BINARY_DIR}/${name}.cc)
  target_link_libraries(troupe_${name} PRIVATE troupe_build_options ${ARG_LINKS})
  target_compile_options(troupe_${name} PRIVATE ${ARG_OPTIONS})
  target_precompile_headers(troupe_${name} PRIVATE ${ARG_HEADERS})
endfunction()

# troupe_start_from(<target> <name of headers>)
function(troupe_start_from target name)
  if(TROUPE_PCH)
    set_target_properties(${target} PROPERTIES PRECOMPILE_HEADERS_REUSE_FROM troupe_${name})
  endif()
endfunction()

# troupe_note_rpc(<target> <dependency> ...) notes whether one of these is a proto
# library with services, or depends on one.
function(troupe_note_rpc target)
  foreach(dependency ${ARGN})
    if(TARGET ${dependency})
      get_target_property(speaks_rpc ${dependency} TROUPE_SPEAKS_RPC)
      if(speaks_rpc)
        set_target_properties(${target} PROPERTIES TROUPE_SPEAKS_RPC TRUE)
      endif()
    endif()
  endforeach()
endfunction()

# troupe_start_from_what_it_links(<target> <dependency> ...)
function(troupe_start_from_what_it_links target)
  troupe_note_rpc(${target} ${ARGN})
  get_target_property(speaks_rpc ${target} TROUPE_SPEAKS_RPC)
  if(speaks_rpc)
    troupe_start_from(${target} rpc_headers)
  else()
    troupe_start_from(${target} base_headers)
  endif()
endfunction()

if(TROUPE_PCH)
  set(links absl::flat_hash_map absl::statusor absl::strings absl::synchronization absl::time)
  set(basic
    <algorithm> <map> <memory> <optional> <set> <string> <thread> <utility> <vector>
    <absl/container/flat_hash_map.h> <absl/status/statusor.h> <absl/strings/str_cat.h>
    <absl/strings/str_format.h> <absl/synchronization/mutex.h> <absl/synchronization/notification.h>
    <absl/time/time.h>)
  set(rpc
    <grpcpp/grpcpp.h> <google/protobuf/map.h> <google/protobuf/repeated_ptr_field.h>
    <google/protobuf/generated_message_util.h> <google/protobuf/unknown_field_set.h>)
  troupe_headers(base_headers LINKS ${links} HEADERS ${basic})
  troupe_headers(rpc_headers LINKS ${links} gRPC::grpc++ HEADERS ${basic} ${rpc})
  if(TROUPE_TESTS)
    set(test <filesystem> <fstream> <random> <sstream> <gmock/gmock.h> <gtest/gtest.h>)
    set(test_options $<$<CONFIG:Release>:-O1>)
    troupe_headers(test_headers
      LINKS ${links} GTest::gmock HEADERS ${basic} ${test} OPTIONS ${test_options})
    troupe_headers(rpc_test_headers
      LINKS ${links} gRPC::grpc++ GTest::gmock HEADERS ${basic} ${rpc} ${test}
      OPTIONS ${test_options})
  endif()
endif()

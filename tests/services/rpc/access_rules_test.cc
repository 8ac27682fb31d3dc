#include "services/rpc/access_rules.h"

#include <google/protobuf/descriptor.pb.h>

#include <fstream>
#include <set>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace troupe {
namespace {

using ::testing::IsSupersetOf;
using ::testing::Optional;

// Every RPC of every service in proto/troupe/v1, feed/v1 and seat/v1, linked in anywhere or not.
std::set<std::string> DeclaredMethods() {
  google::protobuf::FileDescriptorSet files;
  std::ifstream in(TROUPE_CONTRACT, std::ios::binary);
  EXPECT_TRUE(files.ParseFromIstream(&in)) << TROUPE_CONTRACT;
  std::set<std::string> methods;
  for (const auto& file : files.file()) {
    for (const auto& service : file.service()) {
      for (const auto& method : service.method()) {
        methods.insert(absl::StrCat(file.package(), ".", service.name(), "/", method.name()));
      }
    }
  }
  return methods;
}

TEST(AccessRulesTest, NameEveryRpcOfTheContract) {
  const std::set<std::string> declared = DeclaredMethods();
  EXPECT_THAT(declared, IsSupersetOf({"troupe.v1.ProfileService/GetProfile"}));
  for (const std::string& method : declared) {
    EXPECT_TRUE(FindAccess(AccessRules(), method).has_value())
        << "say in access_rules.cc who may call " << method;
  }
}

TEST(AccessRulesTest, NameNoRpcThatTheContractLacks) {
  const std::set<std::string> declared = DeclaredMethods();
  for (const AccessRule& rule : AccessRules()) {
    if (absl::StartsWith(rule.method, "grpc.")) continue;
    EXPECT_TRUE(declared.contains(std::string(rule.method))) << rule.method;
  }
}

TEST(AccessRulesTest, NameEachRpcOnce) {
  std::set<std::string> seen;
  for (const AccessRule& rule : AccessRules()) {
    EXPECT_TRUE(seen.insert(std::string(rule.method)).second) << rule.method;
  }
}

TEST(AccessRulesTest, KeepPoolStatisticsForTheOperator) {
  EXPECT_THAT(FindAccess(AccessRules(), "troupe.v1.MatchService/GetPoolStatistics"),
              Optional(Access::kOperator));
}

TEST(AccessRulesTest, HaveNoneForAnUnknownMethod) {
  EXPECT_EQ(FindAccess(AccessRules(), "troupe.v1.MatchService/Guess"), std::nullopt);
}

}  // namespace
}  // namespace troupe

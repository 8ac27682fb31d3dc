#include "services/apps/run_process.h"

int main(int argc, char** argv) {
  return troupe::RunProcess(argc, argv, troupe::MatchingRole(),
                            "answers who fits what, from what troupe-profiles and troupe-projects keep",
                            "127.0.0.1:7103");
}

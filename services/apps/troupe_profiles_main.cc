#include "services/apps/run_process.h"

int main(int argc, char** argv) {
  return troupe::RunProcess(argc, argv, troupe::ProfilesRole(),
                            "keeps profiles, and lets the other processes follow them",
                            "127.0.0.1:7101");
}

#include "services/apps/run_process.h"

int main(int argc, char** argv) {
  return troupe::RunProcess(argc, argv, troupe::ServerRole(),
                            "serves profiles, projects and matches from one folder",
                            "127.0.0.1:7100");
}

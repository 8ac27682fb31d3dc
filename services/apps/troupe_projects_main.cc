#include "services/apps/run_process.h"

int main(int argc, char** argv) {
  return troupe::RunProcess(argc, argv, troupe::ProjectsRole(),
                            "keeps projects, and lets the matcher follow them",
                            "127.0.0.1:7102");
}

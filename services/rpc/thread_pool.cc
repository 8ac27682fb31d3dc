#include "services/rpc/thread_pool.h"

#include <algorithm>
#include <asio/post.hpp>
#include <asio/thread_pool.hpp>
#include <thread>
#include <utility>

namespace troupe {

class ThreadPool::Threads {
 public:
  explicit Threads(int count) : pool(static_cast<size_t>(count)) {}
  asio::thread_pool pool;
};

int ThreadPool::DefaultThreads() {
  return std::max(4, static_cast<int>(std::thread::hardware_concurrency()));
}

ThreadPool::ThreadPool(int threads) : threads_(std::make_unique<Threads>(threads)) {}

ThreadPool::~ThreadPool() { threads_->pool.join(); }

void ThreadPool::Run(std::function<void()> work) {
  asio::post(threads_->pool, std::move(work));
}

}  // namespace troupe

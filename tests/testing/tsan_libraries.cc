// Tells ThreadSanitizer what Debian's Abseil and gRPC order, which are not built
// for it. Linked into every binary of the tsan preset, before libabsl.
//
// Abseil: every value behind an absl::Mutex would look like a race, so these
// functions replace those of libabsl, and call them.
//
// gRPC: its headers, which are compiled into ours, pass operations from the
// thread that starts them to the one that ends them through libgrpc. The
// suppressions cover that passing, and none of the code that gRPC calls. Where the
// stack of the thread that set a callback cannot be restored, what is left to name
// is the first frame of the thread that finds it set.
#include <dlfcn.h>
#include <sanitizer/tsan_interface.h>

#include "absl/synchronization/blocking_counter.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

extern "C" const char* __tsan_default_suppressions() {
  return "race:grpc::internal::CallOp\n"
         "race:grpc::internal::InterceptorBatchMethodsImpl\n"
         "race:grpc::internal::CallbackWithSuccessTag::Clear\n"
         "race:grpc::internal::CallbackWithSuccessTag::Set\n"
         "race:grpc::internal::CallbackWithStatusTag::\n"
         "race:~ServerCallback\n"
         "race_top:grpc::internal::\n"
         "race_top:std::function<void (bool)>::operator()\n"
         "race_top:std::_Function_base::_M_empty\n";
}

// Debian's libraries are not instrumented. TSAN_OPTIONS may say more.
extern "C" const char* __tsan_default_options() {
  return "ignore_noninstrumented_modules=1";
}

namespace {

// The function of the same mangled name in libabsl.
template <typename Function>
Function* InLibrary(const char* symbol) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, symbol));
}

// What an object guarded comes to this thread, and goes from it to the next.
void Acquire(const void* object) { __tsan_acquire(const_cast<void*>(object)); }
void Release(const void* object) { __tsan_release(const_cast<void*>(object)); }

}  // namespace

#define TROUPE_NEXT(symbol, ...) \
  static auto* const next = InLibrary<__VA_ARGS__>("_ZN4absl7debian3" symbol)
#define TROUPE_NEXT_CONST(symbol, ...) \
  static auto* const next = InLibrary<__VA_ARGS__>("_ZNK4absl7debian3" symbol)

namespace absl {
ABSL_NAMESPACE_BEGIN

void Mutex::Lock() {
  TROUPE_NEXT("5Mutex4LockEv", void(Mutex*));
  next(this);
  Acquire(this);
}

void Mutex::Unlock() {
  TROUPE_NEXT("5Mutex6UnlockEv", void(Mutex*));
  Release(this);
  next(this);
}

bool Mutex::TryLock() {
  TROUPE_NEXT("5Mutex7TryLockEv", bool(Mutex*));
  const bool locked = next(this);
  if (locked) Acquire(this);
  return locked;
}

void Mutex::ReaderLock() {
  TROUPE_NEXT("5Mutex10ReaderLockEv", void(Mutex*));
  next(this);
  Acquire(this);
}

void Mutex::ReaderUnlock() {
  TROUPE_NEXT("5Mutex12ReaderUnlockEv", void(Mutex*));
  Release(this);
  next(this);
}

// Conditions are polled: libabsl evaluates them on whichever thread unlocks,
// before this file could tell that the lock is held.
bool Mutex::AwaitWithDeadline(const Condition& condition, absl::Time deadline) {
  while (!condition.Eval()) {
    if (absl::Now() >= deadline) return false;
    Unlock();
    absl::SleepFor(absl::Microseconds(200));
    Lock();
  }
  return true;
}

bool Mutex::AwaitWithTimeout(const Condition& condition, absl::Duration timeout) {
  return AwaitWithDeadline(condition, absl::Now() + timeout);
}

void Mutex::Await(const Condition& condition) {
  AwaitWithDeadline(condition, absl::InfiniteFuture());
}

void Mutex::LockWhen(const Condition& condition) {
  Lock();
  Await(condition);
}

void CondVar::Wait(Mutex* mutex) {
  TROUPE_NEXT("7CondVar4WaitEPNS0_5MutexE", void(CondVar*, Mutex*));
  Release(mutex);
  next(this, mutex);
  Acquire(mutex);
}

bool CondVar::WaitWithTimeout(Mutex* mutex, absl::Duration timeout) {
  TROUPE_NEXT("7CondVar15WaitWithTimeoutEPNS0_5MutexENS0_8DurationE",
              bool(CondVar*, Mutex*, absl::Duration));
  Release(mutex);
  const bool timed_out = next(this, mutex, timeout);
  Acquire(mutex);
  return timed_out;
}

bool CondVar::WaitWithDeadline(Mutex* mutex, absl::Time deadline) {
  TROUPE_NEXT("7CondVar16WaitWithDeadlineEPNS0_5MutexENS0_4TimeE",
              bool(CondVar*, Mutex*, absl::Time));
  Release(mutex);
  const bool timed_out = next(this, mutex, deadline);
  Acquire(mutex);
  return timed_out;
}

void Notification::Notify() {
  TROUPE_NEXT("12Notification6NotifyEv", void(Notification*));
  Release(&notified_yet_);
  next(this);
}

void Notification::WaitForNotification() const {
  TROUPE_NEXT_CONST("12Notification19WaitForNotificationEv", void(const Notification*));
  next(this);
  Acquire(&notified_yet_);
}

bool Notification::WaitForNotificationWithTimeout(absl::Duration timeout) const {
  TROUPE_NEXT_CONST("12Notification30WaitForNotificationWithTimeoutENS0_8DurationE",
                    bool(const Notification*, absl::Duration));
  const bool notified = next(this, timeout);
  if (notified) Acquire(&notified_yet_);
  return notified;
}

bool BlockingCounter::DecrementCount() {
  TROUPE_NEXT("15BlockingCounter14DecrementCountEv", bool(BlockingCounter*));
  Release(this);
  return next(this);
}

void BlockingCounter::Wait() {
  TROUPE_NEXT("15BlockingCounter4WaitEv", void(BlockingCounter*));
  next(this);
  Acquire(this);
}

ABSL_NAMESPACE_END
}  // namespace absl

#ifndef TROUPE_MATCHER_BASE_STOP_TOKEN_H_
#define TROUPE_MATCHER_BASE_STOP_TOKEN_H_

namespace troupe {

// Says whether the one who asked has gone away or run out of time. Long work
// asks it every few thousand steps and then ends with CANCELLED.
// Implementations are thread-safe.
class StopToken {
 public:
  virtual ~StopToken() = default;
  virtual bool StopRequested() const = 0;
};

// Never stops.
class NeverStop final : public StopToken {
 public:
  bool StopRequested() const override { return false; }
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_BASE_STOP_TOKEN_H_

#ifndef TROUPE_SERVICES_FEED_FEED_RECORDS_H_
#define TROUPE_SERVICES_FEED_FEED_RECORDS_H_

#include <optional>

#include "absl/time/time.h"
#include "services/log/change_log.h"
#include "troupe/feed/v1/feed_service.pb.h"

// The log's types as the feed sends them.
namespace troupe {

// How long one ReadRecords may wait at most.
inline constexpr absl::Duration kMostFeedWait = absl::Seconds(10);

feed::v1::Position ToFeed(const Cursor& cursor);
feed::v1::Record ToFeed(const ReadRecord& record);
feed::v1::Entity ToFeed(BaseEntity entity);

// nullopt for what ToFeed does not write: a shard, a kind or a number that does
// not exist.
std::optional<Cursor> FromFeed(const feed::v1::Position& position);
std::optional<ReadRecord> FromFeed(feed::v1::Record record);
std::optional<BaseEntity> FromFeed(feed::v1::Entity entity);

}  // namespace troupe

#endif  // TROUPE_SERVICES_FEED_FEED_RECORDS_H_

#ifndef TROUPE_SERVICES_CLI_MATCH_VIEW_H_
#define TROUPE_SERVICES_CLI_MATCH_VIEW_H_

#include <string>

#include "google/protobuf/repeated_ptr_field.h"
#include "services/cli/streams.h"
#include "troupe/v1/match.pb.h"
#include "troupe/v1/match_service.pb.h"

namespace troupe {

// How matches read in a terminal.

// Why a match scores as it does, in one line: what its weightiest features rest
// on.
std::string ReasonLine(const v1::Match& match);

// A shortlist of people, each with its reasons in a line below; with `why`, with
// its features as bars instead. An empty one says what keeps people out.
void PrintPeople(const v1::FindProfilesResponse& response, bool why, const Streams& streams);

// A shortlist of openings, likewise.
void PrintOpenings(const v1::FindOpeningsResponse& response, bool why, const Streams& streams);

// Every feature with its value, weight and contribution, summed to the score.
void PrintScore(const v1::Match& match, const Streams& streams);

// Requirements that fail, each with the change that would meet it.
void PrintFailures(const google::protobuf::RepeatedPtrField<v1::Failure>& failures,
                   const Streams& streams);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_MATCH_VIEW_H_

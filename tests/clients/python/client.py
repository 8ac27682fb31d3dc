"""A client of Troupe in Python: creates, imports, finds, watches, reads an error.

  client.py SERVER    after run.py has generated the modules from the protos

Prints one line; ends with an exception at the first answer that is not right.
"""
import sys

import grpc
from google.rpc import error_details_pb2, status_pb2

from troupe.v1 import match_service_pb2 as match
from troupe.v1 import match_service_pb2_grpc
from troupe.v1 import opening_pb2, profile_pb2, types_pb2
from troupe.v1 import profile_service_pb2 as profiles
from troupe.v1 import profile_service_pb2_grpc

METADATA = [("troupe-organization", "python-crew")]
PATIENCE = 30  # Seconds.


def director(name, role="director"):
    return profile_pb2.Profile(
        display_name=name, findability=types_pb2.FINDABILITY_FINDABLE,
        roles=[profile_pb2.ProfileRole(role=role, level=4)])


def rich_error(error):
    """The reason and the first bad field that an error carries."""
    details = dict(error.trailing_metadata())["grpc-status-details-bin"]
    reason, field = None, None
    for detail in status_pb2.Status.FromString(details).details:
        info, bad = error_details_pb2.ErrorInfo(), error_details_pb2.BadRequest()
        if detail.Unpack(info):
            reason = info.reason
        elif detail.Unpack(bad):
            field = bad.field_violations[0].field
    return reason, field


def main(server):
    channel = grpc.insecure_channel(server)
    service = profile_service_pb2_grpc.ProfileServiceStub(channel)
    watch = service.WatchProfiles(profiles.WatchProfilesRequest(), metadata=METADATA,
                                  timeout=PATIENCE)
    assert not next(watch).changes  # It has begun.

    ada = service.CreateProfile(
        profiles.CreateProfileRequest(profile=director("Ada"), request_id="python-1"),
        metadata=METADATA, timeout=PATIENCE)
    message = profiles.ImportProfilesRequest(
        request_id="python-2", profiles=[director("Bo"), director("Cy")])
    [answer] = service.ImportProfiles(iter([message]), metadata=METADATA, timeout=PATIENCE)
    assert [r.outcome for r in answer.results] == [types_pb2.IMPORT_OUTCOME_CREATED] * 2

    opening = opening_pb2.Opening(role="director")
    found = match_service_pb2_grpc.MatchServiceStub(channel).FindProfiles(
        match.FindProfilesRequest(ad_hoc=match.AdHocOpening(opening=opening), page_size=1000),
        metadata=METADATA, timeout=PATIENCE)
    made = {ada.name, *(r.name for r in answer.results)}
    assert made <= {m.profile for m in found.matches}

    watched = set()
    while not made <= watched:
        watched |= {change.profile.name for change in next(watch).changes}
    watch.cancel()

    try:
        service.CreateProfile(profiles.CreateProfileRequest(profile=director("Di", "directr")),
                              metadata=METADATA, timeout=PATIENCE)
        raise AssertionError("a role that is none was accepted")
    except grpc.RpcError as error:
        assert error.code() == grpc.StatusCode.INVALID_ARGUMENT
        reason, field = rich_error(error)
        assert (reason, field) == ("INVALID_FIELD", "profile.roles[0].role"), (reason, field)
    print(f"python: create, import, find, watch, rich error ok ({reason} {field})")


if __name__ == "__main__":
    main(sys.argv[1])

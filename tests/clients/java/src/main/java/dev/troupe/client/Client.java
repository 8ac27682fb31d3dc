package dev.troupe.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import dev.troupe.v1.AdHocOpening;
import dev.troupe.v1.CreateProfileRequest;
import dev.troupe.v1.FindProfilesRequest;
import dev.troupe.v1.Findability;
import dev.troupe.v1.ImportOutcome;
import dev.troupe.v1.ImportProfilesRequest;
import dev.troupe.v1.ImportProfilesResponse;
import dev.troupe.v1.ImportResult;
import dev.troupe.v1.Match;
import dev.troupe.v1.MatchServiceGrpc;
import dev.troupe.v1.Opening;
import dev.troupe.v1.Profile;
import dev.troupe.v1.ProfileChange;
import dev.troupe.v1.ProfileRole;
import dev.troupe.v1.ProfileServiceGrpc;
import dev.troupe.v1.WatchProfilesRequest;
import dev.troupe.v1.WatchProfilesResponse;
import io.grpc.ClientInterceptor;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A client of Troupe in Java: creates, imports, finds, watches, reads an error. */
public final class Client {
  private static final int PATIENCE_SECONDS = 30;

  private static Profile director(String name, String role) {
    return Profile.newBuilder()
        .setDisplayName(name)
        .setFindability(Findability.FINDABILITY_FINDABLE)
        .addRoles(ProfileRole.newBuilder().setRole(role).setLevel(4))
        .build();
  }

  private static void require(boolean holds, Object what) {
    if (!holds) throw new AssertionError(what);
  }

  /** Sends one message and returns the answers to its records. */
  private static List<ImportResult> importMessage(
      ProfileServiceGrpc.ProfileServiceStub profiles, ImportProfilesRequest message)
      throws Exception {
    CompletableFuture<ImportProfilesResponse> answer = new CompletableFuture<>();
    StreamObserver<ImportProfilesRequest> stream =
        profiles.importProfiles(
            new StreamObserver<>() {
              @Override
              public void onNext(ImportProfilesResponse response) {
                answer.complete(response);
              }

              @Override
              public void onError(Throwable error) {
                answer.completeExceptionally(error);
              }

              @Override
              public void onCompleted() {}
            });
    stream.onNext(message);
    stream.onCompleted();
    return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS).getResultsList();
  }

  /** The reason and the first bad field that an error carries. */
  private static String richError(StatusRuntimeException error)
      throws InvalidProtocolBufferException {
    String reason = null;
    String field = null;
    for (Any detail : StatusProto.fromThrowable(error).getDetailsList()) {
      if (detail.is(ErrorInfo.class)) {
        reason = detail.unpack(ErrorInfo.class).getReason();
      } else if (detail.is(BadRequest.class)) {
        field = detail.unpack(BadRequest.class).getFieldViolations(0).getField();
      }
    }
    return reason + " " + field;
  }

  private static String refusal(ProfileServiceGrpc.ProfileServiceBlockingStub profiles)
      throws InvalidProtocolBufferException {
    try {
      profiles.createProfile(
          CreateProfileRequest.newBuilder().setProfile(director("Di", "directr")).build());
    } catch (StatusRuntimeException error) {
      require(error.getStatus().getCode() == Status.Code.INVALID_ARGUMENT, error);
      return richError(error);
    }
    throw new AssertionError("a role that is none was accepted");
  }

  private static void run(ManagedChannel channel) throws Exception {
    Metadata metadata = new Metadata();
    metadata.put(
        Metadata.Key.of("troupe-organization", Metadata.ASCII_STRING_MARSHALLER), "java-crew");
    ClientInterceptor caller = MetadataUtils.newAttachHeadersInterceptor(metadata);
    var profiles =
        ProfileServiceGrpc.newBlockingStub(channel)
            .withInterceptors(caller)
            .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
    Iterator<WatchProfilesResponse> watch =
        profiles.watchProfiles(WatchProfilesRequest.getDefaultInstance());
    require(watch.next().getChangesCount() == 0, "the watch begins with changes");

    Set<String> names = new HashSet<>();
    names.add(
        profiles
            .createProfile(
                CreateProfileRequest.newBuilder()
                    .setProfile(director("Ada", "director"))
                    .setRequestId("java-1")
                    .build())
            .getName());
    ImportProfilesRequest message =
        ImportProfilesRequest.newBuilder()
            .setRequestId("java-2")
            .addProfiles(director("Bo", "director"))
            .addProfiles(director("Cy", "director"))
            .build();
    for (ImportResult result :
        importMessage(ProfileServiceGrpc.newStub(channel).withInterceptors(caller), message)) {
      require(result.getOutcome() == ImportOutcome.IMPORT_OUTCOME_CREATED, result);
      names.add(result.getName());
    }
    require(names.size() == 3, names);

    var matches = MatchServiceGrpc.newBlockingStub(channel).withInterceptors(caller);
    AdHocOpening opening =
        AdHocOpening.newBuilder().setOpening(Opening.newBuilder().setRole("director")).build();
    List<String> found = new ArrayList<>();
    for (Match match :
        matches
            .findProfiles(
                FindProfilesRequest.newBuilder().setAdHoc(opening).setPageSize(1000).build())
            .getMatchesList()) {
      found.add(match.getProfile());
    }
    require(found.containsAll(names), found);

    Set<String> watched = new HashSet<>();
    while (!watched.containsAll(names)) {
      for (ProfileChange change : watch.next().getChangesList()) {
        watched.add(change.getProfile().getName());
      }
    }

    String refusal = refusal(profiles);
    require(refusal.equals("INVALID_FIELD profile.roles[0].role"), refusal);
    System.out.printf("java: create, import, find, watch, rich error ok (%s)%n", refusal);
  }

  public static void main(String[] arguments) throws Exception {
    ManagedChannel channel =
        Grpc.newChannelBuilder(arguments[0], InsecureChannelCredentials.create()).build();
    try {
      run(channel);
    } finally {
      channel.shutdownNow();
    }
  }
}

// A client of Troupe in Go: creates, imports, finds, watches, reads an error.
//
//	client SERVER
//
// Prints one line; fails at the first answer that is not right.
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	"troupe.dev/clients/go/troupev1"
)

const patience = 30 * time.Second

func director(name, role string) *troupev1.Profile {
	return &troupev1.Profile{
		DisplayName: name,
		Findability: troupev1.Findability_FINDABILITY_FINDABLE,
		Roles:       []*troupev1.ProfileRole{{Role: role, Level: 4}},
	}
}

func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal("go: ", err)
	}
	return value
}

func require(holds bool, what string, values ...any) {
	if !holds {
		log.Fatal("go: ", what, " ", fmt.Sprint(values...))
	}
}

// The reason and the first bad field that an error carries.
func richError(err error) (reason, field string) {
	for _, detail := range status.Convert(err).Details() {
		switch detail := detail.(type) {
		case *errdetails.ErrorInfo:
			reason = detail.Reason
		case *errdetails.BadRequest:
			field = detail.FieldViolations[0].Field
		}
	}
	return reason, field
}

func createAndImport(ctx context.Context, service troupev1.ProfileServiceClient) []string {
	ada := must(service.CreateProfile(ctx, &troupev1.CreateProfileRequest{
		Profile: director("Ada", "director"), RequestId: "go-1"}))
	stream := must(service.ImportProfiles(ctx))
	message := &troupev1.ImportProfilesRequest{RequestId: "go-2",
		Profiles: []*troupev1.Profile{director("Bo", "director"), director("Cy", "director")}}
	must(0, stream.Send(message))
	must(0, stream.CloseSend())
	names := []string{ada.Name}
	for _, result := range must(stream.Recv()).Results {
		require(result.Outcome == troupev1.ImportOutcome_IMPORT_OUTCOME_CREATED, "import", result)
		names = append(names, result.Name)
	}
	require(len(names) == 3, "names", names)
	return names
}

func findAll(ctx context.Context, matches troupev1.MatchServiceClient, names []string) {
	opening := &troupev1.AdHocOpening{Opening: &troupev1.Opening{Role: "director"}}
	found := must(matches.FindProfiles(ctx, &troupev1.FindProfilesRequest{PageSize: 1000,
		Target: &troupev1.FindProfilesRequest_AdHoc{AdHoc: opening}}))
	have := map[string]bool{}
	for _, match := range found.Matches {
		have[match.Profile] = true
	}
	for _, name := range names {
		require(have[name], "not found", name)
	}
}

func main() {
	ctx, cancel := context.WithTimeout(
		metadata.AppendToOutgoingContext(context.Background(), "troupe-organization", "go-crew"),
		patience)
	defer cancel()
	connection := must(grpc.NewClient(os.Args[1],
		grpc.WithTransportCredentials(insecure.NewCredentials())))
	service := troupev1.NewProfileServiceClient(connection)
	watch := must(service.WatchProfiles(ctx, &troupev1.WatchProfilesRequest{}))
	require(len(must(watch.Recv()).Changes) == 0, "the watch begins with changes")

	names := createAndImport(ctx, service)
	findAll(ctx, troupev1.NewMatchServiceClient(connection), names)
	for watched := 0; watched < len(names); {
		watched += len(must(watch.Recv()).Changes)
	}

	_, err := service.CreateProfile(ctx,
		&troupev1.CreateProfileRequest{Profile: director("Di", "directr")})
	reason, field := richError(err)
	require(status.Code(err) == codes.InvalidArgument, "code", err)
	require(reason == "INVALID_FIELD" && field == "profile.roles[0].role", reason, field)
	fmt.Printf("go: create, import, find, watch, rich error ok (%s %s)\n", reason, field)
}

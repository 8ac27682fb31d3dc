module troupe.dev/clients/go

go 1.22

require (
	google.golang.org/genproto/googleapis/rpc v0.0.0-20240604185151-ef581f913117
	google.golang.org/grpc v1.65.0
	google.golang.org/protobuf v1.34.2
)

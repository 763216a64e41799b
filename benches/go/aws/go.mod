module bench/aws

go 1.26

require (
	bench v0.0.0-00010101000000-000000000000
	github.com/aws/aws-lambda-go v1.55.1
)

replace (
	bench => ..
	huaweicloud.com/go-runtime => ../../../bindings-go
)

// Package api holds what handlers are called with. The public packages name it, so that none of them needs another.
package api

import "huaweicloud.com/go-runtime/pkg/runtime/common"

// RuntimeContext is what a handler may ask about its invocation and its function. It may be used by any goroutine, also after
// the handler has returned. A text that is not there is empty. Credentials are there only if the function has an agency.
type RuntimeContext interface {
	// GetRequestID gives the invocation's id.
	GetRequestID() string
	// GetRemainingTimeInMilliSeconds gives the time left before the platform stops the invocation, counted from its arrival;
	// 0 when it has passed.
	GetRemainingTimeInMilliSeconds() int
	// GetAccessKey gives the access key of the function's agency.
	//
	// Deprecated: FunctionGraph no longer maintains it; use GetSecurityAccessKey.
	GetAccessKey() string
	// GetSecretKey gives the secret key of the function's agency.
	//
	// Deprecated: FunctionGraph no longer maintains it; use GetSecuritySecretKey.
	GetSecretKey() string
	// GetSecurityAccessKey gives the temporary access key of the function's agency.
	GetSecurityAccessKey() string
	// GetSecuritySecretKey gives the temporary secret key of the function's agency.
	GetSecuritySecretKey() string
	// GetSecurityToken gives the security token of the function's agency.
	GetSecurityToken() string
	// GetToken gives the token of the function's agency.
	GetToken() string
	// GetFunctionName gives the function's name.
	GetFunctionName() string
	// GetUserData gives a variable of the user's; "" if there is none.
	GetUserData(key string) string
	// GetLogger gives the logger of this invocation.
	GetLogger() common.RuntimeLogger
	// GetRunningTimeInSeconds gives how long an invocation may take.
	GetRunningTimeInSeconds() int
	// GetVersion gives the function's version.
	GetVersion() string
	// GetMemorySize gives the memory in MB.
	GetMemorySize() int
	// GetCPUNumber gives the processor time in millicores; 1000 are one core.
	GetCPUNumber() int
	// GetProjectID gives the project's id.
	GetProjectID() string
	// GetPackage gives the function's app.
	GetPackage() string
	// GetAlias gives the alias that the function was called through.
	GetAlias() string
	// GetAlias2 gives the alias that the caller asked for, without its `!`.
	GetAlias2() string
	// GetStreamRunID gives the id of the stream's run.
	GetStreamRunID() string
	// GetStreamEnable tells whether the answer is streamed.
	GetStreamEnable() string
	// GetStreamToken gives the token of the stream.
	GetStreamToken() string
	// GetStreamAddr gives the address of the stream.
	GetStreamAddr() string
	// GetOriginVersionTag gives the version or `!alias` that the caller asked for.
	GetOriginVersionTag() string
	// GetWorkflowStateID gives the id of the workflow's state.
	GetWorkflowStateID() string
	// GetWorkflowID gives the id of the workflow that the invocation is a step of.
	GetWorkflowID() string
	// GetWorkflowRunID gives the id of the workflow's run.
	GetWorkflowRunID() string
}

// Handler is a handler of either kind, called for every invocation.
type Handler interface {
	Handle(payload []byte, ctx RuntimeContext) (interface{}, error)
}

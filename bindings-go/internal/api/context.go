package api

import (
	"fmt"
	"strings"

	"huaweicloud.com/go-runtime/internal/native"
	"huaweicloud.com/go-runtime/pkg/runtime/common"
)

// Context is the RuntimeContext of an invocation.
type Context struct {
	Native *native.Context
	// Goroutines counts those that belong to the invocation; nil outside of one.
	Goroutines Goroutines
}

// Goroutines counts what an answer waits for.
type Goroutines interface {
	// Add tells that there is one more.
	Add()
	// Done tells that one has ended; with a failure if it panicked.
	Done(failure *native.Failure)
	// AtEnd has something done when the handler and all of them have ended.
	AtEnd(do func())
}

var _ RuntimeContext = (*Context)(nil)

func (c *Context) GetRequestID() string { return c.Native.Text(native.RequestID) }
func (c *Context) GetRemainingTimeInMilliSeconds() int {
	return c.Native.Number(native.RemainingTimeMilliseconds)
}
func (c *Context) GetAccessKey() string            { return c.Native.Text(native.AccessKey) }
func (c *Context) GetSecretKey() string            { return c.Native.Text(native.SecretKey) }
func (c *Context) GetSecurityAccessKey() string    { return c.Native.Text(native.SecurityAccessKey) }
func (c *Context) GetSecuritySecretKey() string    { return c.Native.Text(native.SecuritySecretKey) }
func (c *Context) GetSecurityToken() string        { return c.Native.Text(native.SecurityToken) }
func (c *Context) GetToken() string                { return c.Native.Text(native.Token) }
func (c *Context) GetFunctionName() string         { return c.Native.Text(native.FunctionName) }
func (c *Context) GetLogger() common.RuntimeLogger { return logger{c.Native} }
func (c *Context) GetRunningTimeInSeconds() int    { return c.Native.Number(native.RunningTimeSeconds) }
func (c *Context) GetVersion() string              { return c.Native.Text(native.Version) }
func (c *Context) GetMemorySize() int              { return c.Native.Number(native.MemorySize) }
func (c *Context) GetCPUNumber() int               { return c.Native.Number(native.CPUNumber) }
func (c *Context) GetProjectID() string            { return c.Native.Text(native.ProjectID) }
func (c *Context) GetPackage() string              { return c.Native.Text(native.Package) }
func (c *Context) GetAlias() string                { return c.Native.Text(native.Alias) }
func (c *Context) GetStreamRunID() string          { return c.Native.Text(native.StreamRunID) }
func (c *Context) GetStreamEnable() string         { return c.Native.Text(native.StreamEnable) }
func (c *Context) GetStreamToken() string          { return c.Native.Text(native.StreamToken) }
func (c *Context) GetStreamAddr() string           { return c.Native.Text(native.StreamAddr) }
func (c *Context) GetOriginVersionTag() string     { return c.Native.Text(native.OriginVersionTag) }
func (c *Context) GetWorkflowStateID() string      { return c.Native.Text(native.WorkflowStateID) }
func (c *Context) GetWorkflowID() string           { return c.Native.Text(native.WorkflowID) }
func (c *Context) GetWorkflowRunID() string        { return c.Native.Text(native.WorkflowRunID) }

func (c *Context) GetUserData(key string) string {
	value, _ := c.Native.UserData(key)
	return value
}

// GetAlias2 is empty if a version was asked for.
func (c *Context) GetAlias2() string {
	tag := c.GetOriginVersionTag()
	if !strings.HasPrefix(tag, "!") {
		return ""
	}
	return tag[1:]
}

// String shows no credentials.
func (c *Context) String() string {
	return "context of request " + c.GetRequestID()
}

type logger struct {
	context *native.Context
}

func (l logger) Logf(format string, args ...interface{}) {
	l.context.Log(native.LevelNone, fmt.Sprintf(format, args...))
}

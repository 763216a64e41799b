//go:build go1.24
// +build go1.24

package fgruntime

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"

	"huaweicloud.com/go-runtime/internal/api"
	"huaweicloud.com/go-runtime/internal/native"
)

// Logger gives a logger whose records carry the request's id and level; outside of invocations the id is `-`.
func Logger(ctx context.Context) *slog.Logger {
	return slog.New(&LogHandler{request: contextOf(ctx)})
}

// LogHandler writes records to the log of the request whose context they are logged with (slog.InfoContext), as
// `time request-id LEVEL message key=value`. After slog.SetDefault(slog.New(&fgruntime.LogHandler{})) it does so for the whole program.
type LogHandler struct {
	// Of one request, whatever the context says.
	request *native.Context
	// What WithAttrs and WithGroup were given, in this order.
	scopes []scope
}

type scope struct {
	group string
	attrs []slog.Attr
}

// Enabled tells whether a record of the level would be written.
func (h *LogHandler) Enabled(ctx context.Context, level slog.Level) bool {
	return h.log(ctx).LogEnabled(levelOf(level))
}

// Handle writes a record.
func (h *LogHandler) Handle(ctx context.Context, record slog.Record) error {
	h.log(ctx).Log(levelOf(record.Level), record.Message+h.attributes(ctx, record))
	return nil
}

// WithAttrs gives a handler that writes these attributes with every record.
func (h *LogHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return h.with(scope{attrs: attrs})
}

// WithGroup gives a handler that writes the group's name before the names of all further attributes.
func (h *LogHandler) WithGroup(name string) slog.Handler {
	if name == "" {
		return h
	}
	return h.with(scope{group: name})
}

func (h *LogHandler) with(added scope) slog.Handler {
	scopes := append(append([]scope{}, h.scopes...), added)
	return &LogHandler{h.request, scopes}
}

func (h *LogHandler) log(ctx context.Context) *native.Context {
	if h.request != nil {
		return h.request
	}
	return contextOf(ctx)
}

// attributes are written as slog's own handler for texts does.
func (h *LogHandler) attributes(ctx context.Context, record slog.Record) string {
	if len(h.scopes) == 0 && record.NumAttrs() == 0 {
		return ""
	}
	var text bytes.Buffer
	var writer slog.Handler = slog.NewTextHandler(&text, &slog.HandlerOptions{Level: noLevel, ReplaceAttr: onlyAttributes})
	for _, scope := range h.scopes {
		if scope.group != "" {
			writer = writer.WithGroup(scope.group)
		} else {
			writer = writer.WithAttrs(scope.attrs)
		}
	}
	bare := slog.Record{Level: noLevel, Message: noMessage}
	record.Attrs(func(attr slog.Attr) bool {
		bare.AddAttrs(attr)
		return true
	})
	if err := writer.Handle(ctx, bare); err != nil || text.Len() <= 1 {
		return ""
	}
	return " " + strings.TrimSuffix(text.String(), "\n")
}

// What no attribute of the user's says.
const (
	noMessage = "\x00"
	noLevel   = slog.Level(-1 << 30)
)

// onlyAttributes leaves out what the record has already.
func onlyAttributes(groups []string, attr slog.Attr) slog.Attr {
	isLevel := attr.Key == slog.LevelKey && attr.Value.Equal(slog.AnyValue(noLevel))
	isMessage := attr.Key == slog.MessageKey && attr.Value.Equal(slog.StringValue(noMessage))
	if len(groups) == 0 && (isLevel || isMessage) {
		return slog.Attr{}
	}
	return attr
}

func levelOf(level slog.Level) native.Level {
	switch {
	case level < slog.LevelInfo:
		return native.LevelDebug
	case level < slog.LevelWarn:
		return native.LevelInfo
	case level < slog.LevelError:
		return native.LevelWarn
	}
	return native.LevelError
}

// outside is the log of no request.
var outside = sync.OnceValue(func() *native.Context {
	context, err := native.NewContext(native.ContextOptions{})
	if err != nil {
		panic(fmt.Sprintf("fgruntime: %v", err))
	}
	return context
})

func contextOf(ctx context.Context) *native.Context {
	if request, ok := FromContext(ctx); ok {
		if request, ok := request.(*api.Context); ok {
			return request.Native
		}
	}
	return outside()
}

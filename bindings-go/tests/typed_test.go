//go:build go1.24
// +build go1.24

package tests

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"huaweicloud.com/go-runtime/events/apig"
	"huaweicloud.com/go-runtime/events/apigauthorizer"
	"huaweicloud.com/go-runtime/events/asyncdestination"
	"huaweicloud.com/go-runtime/events/config"
	"huaweicloud.com/go-runtime/events/cts"
	"huaweicloud.com/go-runtime/events/dds"
	"huaweicloud.com/go-runtime/events/dis"
	"huaweicloud.com/go-runtime/events/dms"
	"huaweicloud.com/go-runtime/events/event"
	"huaweicloud.com/go-runtime/events/eventgrid"
	"huaweicloud.com/go-runtime/events/gaussmongo"
	"huaweicloud.com/go-runtime/events/iotda"
	"huaweicloud.com/go-runtime/events/kafka"
	"huaweicloud.com/go-runtime/events/lts"
	"huaweicloud.com/go-runtime/events/obs"
	"huaweicloud.com/go-runtime/events/rabbitmq"
	"huaweicloud.com/go-runtime/events/rocketmq"
	"huaweicloud.com/go-runtime/events/smn"
	"huaweicloud.com/go-runtime/events/timer"
)

type typedEvent interface {
	UnmarshalPayload(payload []byte) error
}

// typedKinds make an event of each kind.
var typedKinds = map[string]func() typedEvent{
	"apig":              func() typedEvent { return new(apig.Event) },
	"apig_authorizer":   func() typedEvent { return new(apigauthorizer.Event) },
	"timer":             func() typedEvent { return new(timer.Event) },
	"smn":               func() typedEvent { return new(smn.Event) },
	"lts":               func() typedEvent { return new(lts.Event) },
	"cts":               func() typedEvent { return new(cts.Event) },
	"dds":               func() typedEvent { return new(dds.Event) },
	"gauss_mongo":       func() typedEvent { return new(gaussmongo.Event) },
	"kafka":             func() typedEvent { return new(kafka.Event) },
	"rocketmq":          func() typedEvent { return new(rocketmq.Event) },
	"rabbitmq":          func() typedEvent { return new(rabbitmq.Event) },
	"dis":               func() typedEvent { return new(dis.Event) },
	"dms":               func() typedEvent { return new(dms.Event) },
	"obs":               func() typedEvent { return new(obs.Event) },
	"eventgrid":         func() typedEvent { return new(eventgrid.Event) },
	"iotda":             func() typedEvent { return new(iotda.Event) },
	"async_destination": func() typedEvent { return new(asyncdestination.Event) },
	"config":            func() typedEvent { return new(config.Event) },
}

// seen are the kinds that were read, and the fields that said something: `kafka`, `kafka.Record.TopicID`.
var seen map[string]bool

// typedVector holds every field of the typed event against canonical JSON, and what is decoded against the case.
func typedVector(v vector, canonical *event.Event) string {
	make := typedKinds[canonical.Kind]
	if make == nil {
		return differ("kind without a type", canonical.Kind, "unknown")
	}
	seen[canonical.Kind] = true
	read := make()
	if err := read.UnmarshalPayload(expand(v["input"])); err != nil {
		return err.Error()
	}
	findings := reflect.ValueOf(read).Elem().FieldByName("Findings").Interface().([]event.Finding)
	held := holder{isCanonical: true}
	held.object(reflect.ValueOf(read).Elem(), "", decode(string(canonical.Canonical)))
	return strings.Join(held.differences, "") + missing(findings, canonical.Findings) + decodedVector(v, read)
}

// missing tells findings that the typed event lacks. It has more: reading it all decodes it all.
func missing(given, wanted []event.Finding) string {
	for _, finding := range wanted {
		if !containsFinding(given, finding) {
			return fmt.Sprintf("no finding %v\n", finding)
		}
	}
	return ""
}

func containsFinding(findings []event.Finding, wanted event.Finding) bool {
	for _, finding := range findings {
		if finding == wanted {
			return true
		}
	}
	return false
}

// uncovered are fields that no case sets.
var uncovered = []string{
	`{"specversion":"1.0","id":"1","source":"s","type":"t","dataschema":"urn:schema"}`,
	`{"cts":{"trace_id":"1","resource_account_id":"a"}}`,
}

// everythingSeen fails for kinds that no case has, and fields that no case sets.
func everythingSeen(t *testing.T) {
	for _, payload := range uncovered {
		content, err := json.Marshal(payload)
		must(err)
		read, err := event.Parse([]byte(payload))
		must(err)
		if difference := typedVector(vector{"input": content}, read); difference != "" {
			t.Error(difference)
		}
	}
	for kind, make := range typedKinds {
		if !seen[kind] {
			t.Errorf("no case has an event of the kind %s", kind)
		}
		everyField(t, reflect.TypeOf(make()).Elem())
	}
}

func everyField(t *testing.T, of reflect.Type) {
	for _, field := range reflect.VisibleFields(of) {
		name := of.String() + "." + field.Name
		inner := field.Type
		if inner.Kind() == reflect.Slice && inner.Elem().Kind() == reflect.Struct && inner != reflect.TypeFor[event.Values]() {
			inner = inner.Elem()
		}
		if inner.Kind() == reflect.Struct && inner != reflect.TypeFor[time.Time]() && field.Name != "Findings" {
			everyField(t, inner)
		}
		if field.Name != "Findings" && !seen[name] {
			t.Errorf("no case sets %s", name)
		}
	}
}

// decodedVector compares what is decoded with what the case says of it.
func decodedVector(v vector, read typedEvent) (difference string) {
	for _, member := range []string{"raw_body", "raw_data", "logs", "decoded_key", "messages"} {
		if v.has(member) {
			difference += differ(member, decoded(read, member), expected(v[member], member))
		}
	}
	return difference
}

// log is an entry of log data, of which null is nothing.
type logEntry struct {
	Message     string
	TimeEpochMS int64 `json:"time_epoch_ms"`
	LineNo      int64 `json:"line_no"`
}

func decoded(read typedEvent, member string) any {
	switch read := read.(type) {
	case *apig.Event:
		return string(read.RawBody)
	case *kafka.Event:
		return messages(read.Records, func(record kafka.Record) []string { return record.Messages })
	case *rocketmq.Event:
		return messages(read.Records, func(record rocketmq.Record) []string { return record.Messages })
	case *rabbitmq.Event:
		return messages(read.Records, func(record rabbitmq.Record) []string { return record.Messages })
	case *obs.Event:
		return messages(read.Records, func(record obs.Record) string { return record.DecodedKey })
	case *dis.Event:
		return messages(read.Message.Records, func(record dis.Record) string { return string(record.RawData) })
	case *lts.Event:
		if member == "raw_data" {
			return string(read.LTS.RawData)
		}
		return messages(read.LTS.DataFields.Logs, func(log lts.Log) logEntry {
			entry := logEntry{Message: log.Message, LineNo: log.LineNo}
			if !log.At.IsZero() {
				entry.TimeEpochMS = log.At.UnixMilli()
			}
			return entry
		})
	}
	return nil
}

func messages[R, T any](records []R, of func(R) T) []T {
	all := []T{}
	for _, record := range records {
		all = append(all, of(record))
	}
	return all
}

func expected(raw json.RawMessage, member string) any {
	switch member {
	case "messages":
		messages := [][]string{}
		must(json.Unmarshal(raw, &messages))
		return messages
	case "decoded_key":
		keys := []string{}
		must(json.Unmarshal(raw, &keys))
		return keys
	case "logs":
		logs := []logEntry{}
		must(json.Unmarshal(raw, &logs))
		return logs
	}
	var records []json.RawMessage
	if json.Unmarshal(raw, &records) != nil {
		return string(expand(raw))
	}
	data := []string{}
	for _, record := range records {
		data = append(data, string(expand(record)))
	}
	return data
}

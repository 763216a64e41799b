//go:build go1.24
// +build go1.24

package tests

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"huaweicloud.com/go-runtime/events/apig"
	"huaweicloud.com/go-runtime/events/cts"
	"huaweicloud.com/go-runtime/events/dds"
	"huaweicloud.com/go-runtime/events/dis"
	"huaweicloud.com/go-runtime/events/event"
	"huaweicloud.com/go-runtime/events/kafka"
	"huaweicloud.com/go-runtime/events/lts"
	obs "huaweicloud.com/go-runtime/events/obss3"
	"huaweicloud.com/go-runtime/events/smn"
	"huaweicloud.com/go-runtime/events/timer"
	"huaweicloud.com/go-runtime/go-api/context"
	"huaweicloud.com/go-runtime/pkg/runtime/common"
	"huaweicloud.com/go-runtime/pkg/runtime/fnhandler"
)

type shown interface{ String() string }

// structures are what functions give to json.Unmarshal, by the names of the sample events.
var structures = map[string]func() shown{
	"apig":  func() shown { return new(apig.APIGTriggerEvent) },
	"cts":   func() shown { return new(cts.CTSTriggerEvent) },
	"dds":   func() shown { return new(dds.DDSTriggerEvent) },
	"dis":   func() shown { return new(dis.DISTriggerEvent) },
	"kafka": func() shown { return new(kafka.KAFKATriggerEvent) },
	"lts":   func() shown { return new(lts.LTSTriggerEvent) },
	"obs":   func() shown { return new(obs.OBSS3TriggerEvent) },
	"smn":   func() shown { return new(smn.SMNTriggerEvent) },
	"timer": func() shown { return new(timer.TimerTriggerEvent) },
}

func TestSamples(t *testing.T) {
	for name, make := range structures {
		content, err := os.ReadFile(filepath.Join("../../cli/samples", name+".json"))
		must(err)
		event, again := make(), make()
		if err := json.Unmarshal(content, event); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if reflect.DeepEqual(event, again) {
			t.Errorf("%s: nothing was read", name)
		}
		if text := event.String(); strings.ContainsAny(text, "\n") || !json.Valid([]byte(text)) {
			t.Errorf("%s: %s", name, text)
		}
		// What is shown reads as the same, where there are no credentials.
		if json.Unmarshal([]byte(event.String()), again) != nil || name != "apig" && name != "cts" && !reflect.DeepEqual(event, again) {
			t.Errorf("%s: %s", name, event)
		}
	}
}

// read gives what is read of one of the structures.
func read[T any](t *testing.T, text string) T {
	t.Helper()
	var read T
	if err := json.Unmarshal([]byte(text), &read); err != nil {
		t.Errorf("%s: %v", text, err)
	}
	return read
}

func same(t *testing.T, given, wanted any) {
	t.Helper()
	if !reflect.DeepEqual(given, wanted) {
		t.Errorf("%#v is not %#v", given, wanted)
	}
}

func TestTraces(t *testing.T) {
	for time, wanted := range map[string]string{
		`1529996047`: "1529996047", `1765788999507`: "1765788999507", `"1765788999507"`: "1765788999507", `""`: "", `null`: "",
		`"2016/12/08 11:07:28 GMT+08:00"`: "2016/12/08 11:07:28 GMT+08:00",
	} {
		same(t, read[cts.CTSTriggerEvent](t, `{"cts":{"time":`+time+`}}`).Cts.Time, wanted)
	}
	for request, wanted := range map[string]map[string]string{
		`{"a":"b"}`: {"a": "b"}, `{"a":{"b":null},"c":[1],"d":2,"e":true,"f":null}`: {"a": `{"b":null}`, "c": "[1]", "d": "2", "e": "true", "f": ""},
		`"{\"a\":1}"`: {"a": "1"}, `""`: nil, `null`: nil, `[1]`: nil, `"text"`: nil,
	} {
		same(t, read[cts.CTSTriggerEvent](t, `{"cts":{"request":`+request+`}}`).Cts.Request, wanted)
	}
	trace := read[cts.CTSTriggerEvent](t, `{"cts":{"code":"204","resource_id":{},"user":"","TRACE_ID":"t","response":{"adminPass":"x y z"}}}`)
	same(t, trace.Cts.Code, 204)
	same(t, trace.Cts.TraceId, "t")
	same(t, trace.Cts.ResourceId, "{}")
	if strings.Contains(trace.String(), "x y z") || !strings.Contains(trace.String(), `"adminPass":"********"`) {
		t.Error(trace.String())
	}
}

func TestDocuments(t *testing.T) {
	record := read[dds.DDSTriggerEvent](t, `{"records":[{"dds":{"size_bytes":100,"token":{"_data":"8"},"full_document":{"n":{"$numberDouble":"52.0"}},"ns":{"db":"d","coll":"c"}}}]}`).Records[0]
	same(t, record.Dds, map[string]string{"size_bytes": "100", "token": `{"_data":"8"}`, "full_document": `{"n":{"$numberDouble":"52.0"}}`, "ns": `{"db":"d","coll":"c"}`})
	same(t, record.Body().Ns, dds.DDSNSBody{DB: "d", Coll: "c"})
	same(t, read[dds.DDSBody](t, `{"size_bytes":1,"ns":"{\"db\":\"d\"}"}`), dds.DDSBody{SizeBytes: "1", Ns: dds.DDSNSBody{DB: "d"}})
}

func TestOthers(t *testing.T) {
	for attributes, wanted := range map[string]map[string]string{`null`: nil, `"None"`: nil, `""`: nil, `{}`: {}, `{"a":1}`: {"a": "1"}, `[]`: nil} {
		same(t, read[smn.SMNTriggerEvent](t, `{"record":[{"smn":{"message_attributes":`+attributes+`}}]}`).Record[0].Smn.MessageAttributes, wanted)
	}
	for _, message := range []string{`{"next_partition_cursor":"c","millis_behind_latest":5}`, `{"next_patition_cursor":"c","millisBehindLatest":"5"}`} {
		same(t, read[dis.DISTriggerEvent](t, `{"Message":`+message+`}`).Message, dis.DISMessage{NextPatitionCursor: "c", NextPartitionCursor: "c", MillisBehindLatest: "5"})
	}
	same(t, read[dis.DISRecord](t, `{"sequence_number":7,"data":"aGk"}`), dis.DISRecord{SequenceNumber: "7", Data: "aGk"})
	same(t, read[kafka.KAFKATriggerEvent](t, `{"event_time":1,"records":[{"messages":["a",null,{"b":1},2]}]}`).Records[0].Messages, []string{"a", "", `{"b":1}`, "2"})
	same(t, read[obs.OBSS3Object](t, `{"size":"777835","etag":"e"}`), obs.OBSS3Object{Size: 777835, ETag: "e"})
	same(t, read[obs.OBSS3Object](t, `{"size":5e12}`).Size, int64(5e12))
	data := lts.LTSBody{Data: "eyJsb2dzIjpbXX0="}
	same(t, data.GetRawData(), `{"logs":[]}`)
	data.Data = "=a="
	same(t, data.GetRawData(), "=a=")
}

func TestRequests(t *testing.T) {
	for text, wanted := range map[string]string{"aGVsbG8=": "hello", "aGVs\r\nbG8": "hello", "_-8=": "\xff\xef", `{"test":"body"}`: `{"test":"body"}`, "": ""} {
		same(t, (&apig.APIGTriggerEvent{Body: text, IsBase64Encoded: true}).GetRawBody(), wanted)
	}
	same(t, (&apig.APIGTriggerEvent{Body: "aGVsbG8="}).GetRawBody(), "aGVsbG8=")
	var response apig.APIGTriggerResponse
	response.SetBase64EncodedBody("hello")
	same(t, response, apig.APIGTriggerResponse{Body: "aGVsbG8=", IsBase64Encoded: true})
	event := read[apig.APIGTriggerEvent](t, `{"headers":{"Authorization":"Basic x","Cookie":"c=x","Accept":"<b>"},"user_data":"x"}`)
	if text := event.String(); strings.Contains(text, `x"`) || !strings.Contains(text, `"Accept":"<b>"`) {
		t.Error(text)
	}
	same(t, event.Headers["Cookie"], "c=x")
}

func TestTypedEvents(t *testing.T) {
	request, err := apig.Parse([]byte(`{"queryStringParameters":{"Name":"b","name":["a","c"]},"body":"aGk","isBase64Encoded":"true"}`))
	must(err)
	same(t, request.QueryStringParameters.Get("name"), "a")
	same(t, request.QueryStringParameters.Get("NAME"), "b")
	same(t, request.QueryStringParameters.All("name"), []string{"b", "a", "c"})
	same(t, string(request.RawBody), "hi")
	same(t, request.Findings[len(request.Findings)-1], event.Finding{Path: "/isBase64Encoded", Found: "string", Read: "boolean"})
	tick, err := timer.Parse([]byte(`{"time":"2026-01-05T06:15:00+01:00","user_event":""}`))
	must(err)
	same(t, tick.At.String(), "2026-01-05 05:15:00 +0000 UTC")
	same(t, *tick.UserEvent, "")
	messages, err := kafka.Parse([]byte(`{"event_time":1.5e9,"messages":["a"],"topic_id":"t"}`))
	must(err)
	same(t, messages.Records, []kafka.Record{{TopicID: "t", Messages: []string{"a"}}})
	same(t, messages.At.Unix(), int64(1500000000))
	if _, err := event.ParseAs("nothing", nil); err == nil {
		t.Error("a kind that there is not")
	}
	if _, err := apig.Parse([]byte(`{`)); err == nil || err.(*event.Error).Reason != "not_json" {
		t.Error(err)
	}
}

func TestFunctionWithoutAPlatform(t *testing.T) {
	f := fnhandler.NewFunction(fnhandler.NewHandler(func(payload []byte, ctx context.RuntimeContext) (interface{}, error) {
		if len(payload) == 0 {
			panic("nothing")
		}
		return ctx.GetRequestID() + ctx.GetSecurityToken(), nil
	}))
	var response common.InvokeResponse
	header := http.Header{"X-Cff-Request-Id": {"r"}, "X-Cff-Security-Token": {"t"}}
	must(f.Invoke(&common.InvokeRequest{Payload: []byte("x"), Header: header}, &response))
	same(t, response, common.InvokeResponse{StatusCode: 200, Payload: []byte("rt")})
	err := f.Invoke(&common.InvokeRequest{Header: header}, &response)
	if err == nil || !strings.HasPrefix(err.Error(), "{\n    \"errorMessage\": \"nothing\",\n    \"errorType\": \"panic\",\n    \"stackTrace\": [\n        \"tests.TestFunctionWithoutAPlatform.func1()\"") {
		t.Error(err)
	}
	must(f.HealthCheck(nil, nil))
}

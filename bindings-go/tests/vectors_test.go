//go:build go1.24
// +build go1.24

package tests

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"testing"

	"huaweicloud.com/go-runtime/events/apig"
	"huaweicloud.com/go-runtime/events/event"
	"huaweicloud.com/go-runtime/internal/native"
)

const vectors = "../../tests/vectors"

// vector is a case: what is asked, and exactly what the answer is.
type vector map[string]json.RawMessage

func (v vector) text(name string) string {
	var text string
	must(json.Unmarshal(v[name], &text))
	return text
}

func (v vector) has(name string) bool { return v[name] != nil }

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// check runs an area: give tells what differs, or nothing.
func check(t *testing.T, area string, known []string, give func(t *testing.T, v vector) string) {
	files, err := filepath.Glob(filepath.Join(vectors, area, "*.json"))
	must(err)
	sort.Strings(files)
	count := 0
	for _, file := range files {
		content, err := os.ReadFile(file)
		must(err)
		var cases []vector
		must(json.Unmarshal(content, &cases))
		for _, v := range cases {
			count++
			name := filepath.Base(file) + ": " + v.text("name")
			for member := range v {
				if !contains(known, member) {
					t.Errorf("%s: nobody knows %s", name, member)
				}
			}
			if difference := give(t, v); difference != "" {
				t.Errorf("%s: %.2000s", name, difference)
			}
		}
	}
	content, err := os.ReadFile(filepath.Join(vectors, "manifest.json"))
	must(err)
	var manifest map[string]int
	must(json.Unmarshal(content, &manifest))
	if count == 0 || count != manifest[area] {
		t.Errorf("%s: %d cases ran, %d are in manifest.json", area, count, manifest[area])
	}
}

func contains(texts []string, wanted string) bool {
	for _, text := range texts {
		if text == wanted {
			return true
		}
	}
	return false
}

// expand gives the bytes that a TEXT stands for.
func expand(raw json.RawMessage) []byte {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return []byte(text)
	}
	var parts struct {
		Base64                 *string
		Prefix, Repeat, Suffix string
		Count                  int
	}
	must(json.Unmarshal(raw, &parts))
	if parts.Base64 != nil {
		decoded, err := base64.StdEncoding.DecodeString(*parts.Base64)
		must(err)
		return decoded
	}
	var all strings.Builder
	all.WriteString(parts.Prefix)
	for n := 0; n < parts.Count; n++ {
		all.WriteString(strings.ReplaceAll(parts.Repeat, "{n}", strconv.Itoa(n)))
	}
	return []byte(all.String() + parts.Suffix)
}

func differ(what string, given, wanted any) string {
	if reflect.DeepEqual(given, wanted) {
		return ""
	}
	return fmt.Sprintf("%s:\n  expected %.900q\n  given    %.900q\n", what, fmt.Sprint(wanted), fmt.Sprint(given))
}

type finding struct {
	Path, Found, Read string
}

func findingsOf(of []event.Finding) []finding {
	findings := []finding{}
	for _, one := range of {
		findings = append(findings, finding(one))
	}
	return findings
}

func parse(v vector, payload []byte) (*event.Event, error) {
	if v.has("as") {
		return event.ParseAs(v.text("as"), payload)
	}
	return event.Parse(payload)
}

func TestEventVectors(t *testing.T) {
	known := []string{"name", "input", "as", "kind", "canonical", "findings", "error", "raw_body", "raw_data", "logs", "decoded_key", "messages"}
	seen = map[string]bool{}
	check(t, "events", known, eventVector)
	everythingSeen(t)
}

func eventVector(t *testing.T, v vector) string {
	read, err := parse(v, expand(v["input"]))
	if v.has("error") {
		var wanted struct {
			Kind   string
			Offset int64
		}
		must(json.Unmarshal(v["error"], &wanted))
		var failure *event.Error
		if !errors.As(err, &failure) {
			return "no error"
		}
		return differ("kind", failure.Reason, wanted.Kind) + differ("offset", failure.Offset, wanted.Offset)
	}
	if err != nil {
		return err.Error()
	}
	var findings []finding
	must(json.Unmarshal(v["findings"], &findings))
	given := findingsOf(read.Findings)
	difference := differ("kind", read.Kind, v.text("kind")) + differ("canonical", string(read.Canonical), string(expand(v["canonical"]))) +
		differ("findings", given, findings) + typedVector(v, read)
	if difference == "" {
		difference = againVector(v, read)
	}
	return difference
}

// kept are findings that canonical JSON makes again, because what they are about is kept as it was.
var kept = []string{"array", "null", "number that is not a time", "milliseconds", "string with a date", "string that is not a number",
	"string that is not a time", "string that is not an RFC 3339 time", "a member of a record", "a member of `notify_data`"}

func againVector(v vector, first *event.Event) string {
	again, err := parse(v, first.Canonical)
	if err != nil {
		return err.Error()
	}
	for _, finding := range again.Findings {
		isKept := false
		for _, other := range first.Findings {
			isKept = isKept || other == finding || contains(kept, finding.Found) && other.Path != "" && strings.HasSuffix(finding.Path, other.Path)
		}
		if !isKept {
			return fmt.Sprint("canonical JSON has a finding of its own: ", finding)
		}
	}
	return differ("kind", again.Kind, first.Kind) + differ("canonical of canonical", string(again.Canonical), string(first.Canonical))
}

// question is what the function of the vectors is asked.
type question struct {
	Methods  []string
	UserData []string
	Log      *logQuestion
}

type logQuestion struct {
	// Of no request, because the platform sends no event without an id.
	Outside          bool
	Threshold, Level native.Level
	Text             []byte
}

func headersOf(v vector) (headers []header, hasID bool) {
	var pairs [][2]string
	must(json.Unmarshal(v["headers"], &pairs))
	for _, pair := range pairs {
		headers = append(headers, header{pair[0], pair[1]})
		hasID = hasID || strings.EqualFold(pair[0], "X-Cff-Request-Id")
	}
	return headers, hasID
}

func TestContextVectors(t *testing.T) {
	check(t, "context", []string{"name", "variables", "headers", "expect", "warnings"}, contextVector)
}

func contextVector(t *testing.T, v vector) string {
	var variables map[string]string
	var expect map[string]any
	must(json.Unmarshal(v["variables"], &variables))
	must(json.Unmarshal(v["expect"], &expect))
	headers, hasID := headersOf(v)
	var asked question
	for method := range expect {
		asked.Methods = append(asked.Methods, method)
	}
	userData, _ := expect["user_data"].(map[string]any)
	for key := range userData {
		asked.UserData = append(asked.UserData, key)
	}
	var given map[string]any
	if !hasID && expect["request_id"] == "" {
		// The only case that can tell; it has no variables.
		context, err := native.NewContext(native.ContextOptions{})
		must(err)
		given = answers(context, asked)
	} else {
		if !hasID {
			headers = append(headers, header{"X-Cff-Request-Id", "some"})
		}
		content, err := json.Marshal(asked)
		must(err)
		// Not in the event, and not in the answer: cases limit their sizes.
		variables["GO_TEST_QUESTION"] = string(content)
		f := startWith(t, "vectors", variables)
		f.events <- sent{headers, nil}
		f.reply(t)
		must(json.Unmarshal([]byte(f.kill()), &given))
	}
	return differ("expect", given, expect)
}

var texts = map[string]native.Text{
	"request_id": native.RequestID, "trace_id": native.TraceID, "access_key": native.AccessKey, "secret_key": native.SecretKey,
	"security_access_key": native.SecurityAccessKey, "security_secret_key": native.SecuritySecretKey,
	"security_token": native.SecurityToken, "token": native.Token, "function_name": native.FunctionName, "version": native.Version,
	"project_id": native.ProjectID, "package": native.Package, "region": native.Region, "alias": native.Alias,
	"origin_version_tag": native.OriginVersionTag, "workflow_id": native.WorkflowID, "workflow_run_id": native.WorkflowRunID,
	"workflow_state_id": native.WorkflowStateID, "stream_run_id": native.StreamRunID, "stream_enable": native.StreamEnable,
	"stream_token": native.StreamToken, "stream_addr": native.StreamAddr, "handler": native.Handler, "initializer": native.Initializer,
	"pre_stop_handler": native.PreStopHandler, "root": native.Root, "code_root": native.CodeRoot, "log_dir": native.LogDir,
	"instance_id": native.InstanceID,
}

var numbers = map[string]native.Number{
	"running_time_in_seconds": native.RunningTimeSeconds, "memory_size": native.MemorySize, "cpu_number": native.CPUNumber,
	"initializer_timeout_seconds": native.InitializerTimeoutSeconds, "pre_stop_timeout_seconds": native.PreStopTimeoutSeconds,
	"max_state_size": native.MaxStateSize, "max_response_body_size": native.MaxResponseBodySize,
	"max_request_body_size": native.MaxRequestBodySize,
}

func answers(context *native.Context, asked question) map[string]any {
	given := map[string]any{}
	for _, method := range asked.Methods {
		given[method] = answer(context, method, asked.UserData)
	}
	return given
}

func answer(context *native.Context, method string, userData []string) any {
	if text, ok := texts[method]; ok {
		if !context.HasText(text) {
			return nil
		}
		return context.Text(text)
	}
	if number, ok := numbers[method]; ok {
		if value := context.Number(number); value != 0 {
			return float64(value)
		}
		return nil
	}
	if method == "invoke_type" {
		return []string{"sync", "async"}[context.Number(native.IsAsync)]
	}
	data := map[string]any{}
	for _, key := range userData {
		data[key] = nil
		if value, ok := context.UserData(key); ok {
			data[key] = value
		}
	}
	return data
}

// mark is around what is said, since the runtime's warnings are in the log too.
const mark = "\x01mark\n"

// kill ends the function and gives what it said.
func (f *function) kill() string {
	f.cmd.Process.Kill()
	f.wait()
	return strings.Split(f.stdout.String(), mark)[1]
}

// answerVectors is the function that does as the vectors ask.
func answerVectors() {
	runtime, err := native.NewRuntime()
	must(err)
	for {
		invocation, failure := runtime.Next()
		if failure != nil {
			os.Exit(0)
		}
		if bytes.HasPrefix(invocation.Payload, []byte(`{"httpMethod"`)) {
			read, err := apig.Parse(invocation.Payload)
			must(err)
			invocation.RespondBytes(read.RawBody)
			continue
		}
		var asked question
		content := invocation.Payload
		if len(content) == 0 {
			content = []byte(os.Getenv("GO_TEST_QUESTION"))
		}
		must(json.Unmarshal(content, &asked))
		if asked.Log != nil {
			writeLog(invocation.Context, asked)
		} else {
			body, err := json.Marshal(answers(invocation.Context, asked))
			must(err)
			os.Stdout.WriteString(mark + string(body) + mark)
		}
		invocation.RespondNone()
	}
}

func writeLog(context *native.Context, asked question) {
	if asked.Log.Outside {
		var err error
		context, err = native.NewContext(native.ContextOptions{})
		must(err)
	}
	if asked.Log.Threshold != native.LevelNone {
		context.SetLevel(asked.Log.Threshold)
	}
	os.Stdout.WriteString(mark)
	context.Log(asked.Log.Level, string(asked.Log.Text))
	os.Stdout.WriteString(mark)
}

func TestLoggingVectors(t *testing.T) {
	check(t, "logging", []string{"name", "format", "request_id", "function", "version", "threshold", "headers", "level", "text", "lines"}, loggingVector)
}

func levelNamed(v vector, member string) native.Level {
	var name *string
	if !v.has(member) {
		return native.LevelNone
	}
	must(json.Unmarshal(v[member], &name))
	if name == nil {
		return native.LevelNone
	}
	levels := map[string]native.Level{"debug": native.LevelDebug, "info": native.LevelInfo, "warn": native.LevelWarn, "warning": native.LevelWarn, "error": native.LevelError}
	return levels[strings.ToLower(*name)]
}

const timestamp = `\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`

var (
	textTime = regexp.MustCompile(`(?m)^` + timestamp + ` `)
	jsonTime = regexp.MustCompile(`(?m)^\{"time":"` + timestamp + `"`)
)

func loggingVector(t *testing.T, v vector) string {
	id := v.text("request_id")
	var asked question
	asked.Log = &logQuestion{id == "", levelNamed(v, "threshold"), levelNamed(v, "level"), expand(v["text"])}
	content, err := json.Marshal(asked)
	must(err)
	variables := map[string]string{"RUNTIME_FUNC_NAME": v.text("function"), "RUNTIME_FUNC_VERSION": v.text("version"), "FGRUNTIME_LOG_FORMAT": v.text("format")}
	f := startWith(t, "vectors", variables)
	headers, hasID := headersOf(v)
	if id == "" {
		id = "some"
	}
	if !hasID {
		headers = append(headers, header{"X-Cff-Request-Id", id})
	}
	f.events <- sent{headers, content}
	f.reply(t)
	lines := recordsOf(f.kill(), v.text("format"))
	var wanted []string
	if json.Unmarshal(v["lines"], &wanted) == nil {
		return differ("lines", strings.Join(lines, ""), strings.Join(wanted, ""))
	}
	return summaryVector(v, lines)
}

// recordsOf splits what was written where a record begins, and replaces its time.
func recordsOf(written, format string) []string {
	begin, short := textTime, "TIME "
	if format == "json" {
		begin, short = jsonTime, `{"time":"TIME"`
	}
	var records []string
	places := begin.FindAllStringIndex(written, -1)
	for i, place := range places {
		end := len(written)
		if i+1 < len(places) {
			end = places[i+1][0]
		}
		records = append(records, short+written[place[1]:end])
	}
	return records
}

func summaryVector(v vector, lines []string) string {
	var wanted struct {
		Count, Longest int
		Joined         json.RawMessage
	}
	must(json.Unmarshal(v["lines"], &wanted))
	longest, joined := 0, ""
	for _, line := range lines {
		longest = max(longest, len(line)+len("0000-00-00T00:00:00.000Z")-len("TIME"))
		joined += messageOf(v, line)
	}
	return differ("count", len(lines), wanted.Count) + differ("longest", longest, wanted.Longest) +
		differ("joined", joined, string(expand(wanted.Joined)))
}

func messageOf(v vector, line string) string {
	if v.text("format") == "json" {
		var record struct{ Message string }
		must(json.Unmarshal([]byte(line), &record))
		return record.Message
	}
	prefix := "TIME " + v.text("request_id") + " "
	if string(v["level"]) != "null" {
		prefix += v.text("level") + " "
	}
	if !strings.HasPrefix(line, prefix) {
		return "no prefix: " + line
	}
	return strings.TrimSuffix(line[len(prefix):], "\n")
}

type outcome struct {
	None   bool
	Text   json.RawMessage
	Base64 *string
	JSON   json.RawMessage
	Error  *struct {
		Type       *string
		Message    json.RawMessage
		StackTrace []string `json:"stack_trace"`
	}
}

// giveReplies is the function that answers as it is asked, past Go's own JSON.
func giveReplies() {
	runtime, err := native.NewRuntime()
	must(err)
	for {
		invocation, failure := runtime.Next()
		if failure != nil {
			os.Exit(0)
		}
		var asked outcome
		must(json.Unmarshal(invocation.Payload, &asked))
		switch {
		case asked.None:
			invocation.RespondNone()
		case asked.Text != nil:
			invocation.RespondText(string(expand(asked.Text)))
		case asked.Base64 != nil:
			decoded, err := base64.StdEncoding.DecodeString(*asked.Base64)
			must(err)
			invocation.RespondBytes(decoded)
		case asked.Error != nil:
			invocation.Fail(&native.Failure{Type: asked.Error.Type, Message: string(expand(asked.Error.Message)), Stack: asked.Error.StackTrace})
		default:
			var compact bytes.Buffer
			must(json.Compact(&compact, asked.JSON))
			invocation.RespondJSON(compact.Bytes())
		}
	}
}

func TestReplyVectors(t *testing.T) {
	running := map[string]*function{}
	for _, area := range []string{"response", "error"} {
		check(t, area, []string{"name", "outcome", "max_size", "reply"}, func(t *testing.T, v vector) string {
			limit := string(v["max_size"])
			if limit == "" {
				limit = "6291456"
			}
			if running[limit] == nil {
				running[limit] = start(t, "replies", map[string]string{"RUNTIME_MAX_RESP_BODY_SIZE": limit})
			}
			return replyVector(v, running[limit].ask(string(v["outcome"])))
		})
	}
}

func replyVector(v vector, given reply) string {
	var wanted struct {
		Path        string
		ContentType *string `json:"content_type"`
		Body        json.RawMessage
	}
	must(json.Unmarshal(v["reply"], &wanted))
	difference := differ("path", given.outcome, wanted.Path) + differ("body", string(given.body), string(expand(wanted.Body)))
	if wanted.Path == "response" {
		difference += differ("content_type", given.contentType, wanted.ContentType)
	}
	return difference
}

func TestGatewayVectors(t *testing.T) {
	f := start(t, "vectors", map[string]string{"FGRUNTIME_STRICT_RESPONSE": "1"})
	check(t, "apig_contract", []string{"name", "answer", "breaches"}, func(t *testing.T, v vector) string {
		answer := expand(v["answer"])
		reply := f.ask(`{"httpMethod":"GET","path":"/","headers":{},"queryStringParameters":{},"pathParameters":{},"isBase64Encoded":true,` +
			`"requestContext":{"apiId":"a","requestId":"b","stage":"RELEASE"},"body":"` + base64.StdEncoding.EncodeToString(answer) + `"}`)
		breaches := []string{}
		must(json.Unmarshal(v["breaches"], &breaches))
		if reply.outcome == "response" {
			return differ("breaches", []string{}, breaches) + differ("body", string(reply.body), string(answer))
		}
		var object errorObject
		must(json.Unmarshal(reply.body, &object))
		_, given, _ := strings.Cut(object.ErrorMessage, "API Gateway will not accept this answer and send 500 instead: ")
		return differ("type", object.ErrorType, "FunctionResultInvalid") + differ("breaches", given, strings.Join(breaches, "; "))
	})
}

// Package dds has the events of Document Database Service.
package dds

import (
	"encoding/json"

	"huaweicloud.com/go-runtime/internal/lenient"
)

// DDSTriggerEvent is some changes of documents.
type DDSTriggerEvent struct {
	Records []DDSRecord `json:"records"`
}

// String gives compact JSON.
func (e *DDSTriggerEvent) String() string { return lenient.JSON(e) }

// DDSRecord is one change. Dds has size_bytes, token, full_document and ns, the last three as JSON in a text.
type DDSRecord struct {
	EventName     string            `json:"event_name"`
	EventVersion  string            `json:"event_version"`
	EventSource   string            `json:"event_source"`
	Region        string            `json:"region"`
	Dds           map[string]string `json:"dds"`
	EventSourceId string            `json:"event_source_id"`
}

// UnmarshalJSON accepts numbers and objects where texts of them are documented.
func (r *DDSRecord) UnmarshalJSON(data []byte) error { return lenient.Object(data, r) }

// String gives compact JSON.
func (r *DDSRecord) String() string { return lenient.JSON(r) }

// Body gives what Dds says, by name.
func (r *DDSRecord) Body() DDSBody {
	body := DDSBody{SizeBytes: r.Dds["size_bytes"], Token: r.Dds["token"], FullDocument: r.Dds["full_document"]}
	// What is no JSON names no collection.
	_ = json.Unmarshal([]byte(r.Dds["ns"]), &body.Ns)
	return body
}

// DDSBody is a change.
type DDSBody struct {
	SizeBytes    string    `json:"size_bytes"`
	Token        string    `json:"token"`
	FullDocument string    `json:"full_document"`
	Ns           DDSNSBody `json:"ns"`
}

// UnmarshalJSON accepts numbers and objects where texts of them are documented, and the other way round.
func (b *DDSBody) UnmarshalJSON(data []byte) error { return lenient.Object(data, b) }

// String gives compact JSON.
func (b *DDSBody) String() string { return lenient.JSON(b) }

// DDSNSBody names a collection.
type DDSNSBody struct {
	DB   string `json:"db"`
	Coll string `json:"coll"`
}

// UnmarshalJSON accepts an object, and JSON in a text.
func (b *DDSNSBody) UnmarshalJSON(data []byte) error {
	return lenient.Object([]byte(lenient.Text(data)), b)
}

// String gives compact JSON.
func (b *DDSNSBody) String() string { return lenient.JSON(b) }

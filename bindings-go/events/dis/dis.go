// Package dis has the events of Data Ingestion Service.
package dis

import "huaweicloud.com/go-runtime/internal/lenient"

// DISTriggerEvent is some records of a stream. Its names are the keys.
type DISTriggerEvent struct {
	ShardID    string
	Message    DISMessage
	Tag        string
	StreamName string
}

// String gives compact JSON.
func (e *DISTriggerEvent) String() string { return lenient.JSON(e) }

// DISMessage is what was read of the stream. The cursor has two names, since the SDKs disagree on it; both are set.
type DISMessage struct {
	NextPatitionCursor  string      `json:"next_patition_cursor" alt:"next_partition_cursor"`
	Records             []DISRecord `json:"records"`
	MillisBehindLatest  string      `json:"millisBehindLatest" alt:"millis_behind_latest"`
	NextPartitionCursor string      `json:"next_partition_cursor" alt:"next_patition_cursor"`
}

// UnmarshalJSON accepts both spellings of the members, and numbers.
func (m *DISMessage) UnmarshalJSON(data []byte) error { return lenient.Object(data, m) }

// String gives compact JSON.
func (m *DISMessage) String() string { return lenient.JSON(m) }

// DISRecord is one record; Data is base64.
type DISRecord struct {
	PartitionKey   string `json:"partition_key"`
	Data           string `json:"data"`
	SequenceNumber string `json:"sequence_number"`
}

// UnmarshalJSON accepts numbers.
func (r *DISRecord) UnmarshalJSON(data []byte) error { return lenient.Object(data, r) }

// GetRawData gives the data without its base64, or as it came if it is none.
func (r *DISRecord) GetRawData() string {
	if decoded, ok := lenient.Base64(r.Data); ok {
		return string(decoded)
	}
	return r.Data
}

// String gives compact JSON.
func (r *DISRecord) String() string { return lenient.JSON(r) }

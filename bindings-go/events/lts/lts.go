// Package lts has the events of Log Tank Service.
package lts

import "huaweicloud.com/go-runtime/internal/lenient"

// LTSTriggerEvent is some log records.
type LTSTriggerEvent struct {
	Lts LTSBody `json:"lts"`
}

// String gives compact JSON.
func (e *LTSTriggerEvent) String() string { return lenient.JSON(e) }

// LTSBody has them as base64 of JSON.
type LTSBody struct {
	Data string `json:"data"`
}

// UnmarshalJSON accepts what is no text.
func (b *LTSBody) UnmarshalJSON(data []byte) error { return lenient.Object(data, b) }

// GetRawData gives the data without its base64, or as it came if it is none.
func (b *LTSBody) GetRawData() string {
	if decoded, ok := lenient.Base64(b.Data); ok {
		return string(decoded)
	}
	return b.Data
}

// String gives compact JSON.
func (b *LTSBody) String() string { return lenient.JSON(b) }

// Package obs has the events of Object Storage Service in S3's layout.
package obs

import "huaweicloud.com/go-runtime/internal/lenient"

// OBSS3TriggerEvent is some changes of objects.
type OBSS3TriggerEvent struct {
	Records []OBSS3Record `json:"Records"`
}

// String gives compact JSON.
func (e *OBSS3TriggerEvent) String() string { return lenient.JSON(e) }

// OBSS3Record is one change.
type OBSS3Record struct {
	EventVersion      string            `json:"eventVersion"`
	EventSource       string            `json:"eventSource"`
	AWSRegion         string            `json:"awsRegion"`
	EventTime         string            `json:"eventTime"`
	EventName         string            `json:"eventName"`
	UserIdentity      OBSS3UserIdentity `json:"userIdentity"`
	RequestParameters map[string]string `json:"requestParameters"`
	ResponseElements  map[string]string `json:"responseElements"`
	S3                OBSS3Body         `json:"s3"`
}

// UnmarshalJSON accepts what is no text.
func (r *OBSS3Record) UnmarshalJSON(data []byte) error { return lenient.Object(data, r) }

// String gives compact JSON.
func (r *OBSS3Record) String() string { return lenient.JSON(r) }

// OBSS3UserIdentity is who caused the change.
type OBSS3UserIdentity struct {
	PrincipalId string `json:"principalId"`
}

// UnmarshalJSON accepts what is no text.
func (i *OBSS3UserIdentity) UnmarshalJSON(data []byte) error { return lenient.Object(data, i) }

// String gives compact JSON.
func (i *OBSS3UserIdentity) String() string { return lenient.JSON(i) }

// OBSS3Body is the bucket and the object.
type OBSS3Body struct {
	S3SchemaVersion string      `json:"s3SchemaVersion"`
	ConfigurationId string      `json:"configurationId"`
	Bucket          OBSS3Bucket `json:"bucket"`
	Object          OBSS3Object `json:"object"`
}

// UnmarshalJSON accepts what is no text.
func (b *OBSS3Body) UnmarshalJSON(data []byte) error { return lenient.Object(data, b) }

// String gives compact JSON.
func (b *OBSS3Body) String() string { return lenient.JSON(b) }

// OBSS3Bucket is the bucket.
type OBSS3Bucket struct {
	Name          string                   `json:"name"`
	OwnerIdentity OBSS3BucketOwnerIdentity `json:"ownerIdentity"`
	Arn           string                   `json:"arn"`
}

// UnmarshalJSON accepts what is no text.
func (b *OBSS3Bucket) UnmarshalJSON(data []byte) error { return lenient.Object(data, b) }

// String gives compact JSON.
func (b *OBSS3Bucket) String() string { return lenient.JSON(b) }

// OBSS3BucketOwnerIdentity is whose bucket it is.
type OBSS3BucketOwnerIdentity struct {
	PrincipalId string `json:"PrincipalId"`
}

// UnmarshalJSON accepts what is no text.
func (i *OBSS3BucketOwnerIdentity) UnmarshalJSON(data []byte) error { return lenient.Object(data, i) }

// String gives compact JSON.
func (i *OBSS3BucketOwnerIdentity) String() string { return lenient.JSON(i) }

// OBSS3Object is the object; its key is percent-encoded, its size in bytes.
type OBSS3Object struct {
	Key       string `json:"key"`
	ETag      string `json:"eTag"`
	Size      int64  `json:"size"`
	VersionId string `json:"versionId"`
	Sequencer string `json:"sequencer"`
}

// UnmarshalJSON accepts sizes that are texts.
func (o *OBSS3Object) UnmarshalJSON(data []byte) error { return lenient.Object(data, o) }

// String gives compact JSON.
func (o *OBSS3Object) String() string { return lenient.JSON(o) }

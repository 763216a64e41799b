//! Events of the Object Storage Service in its two layouts, S3's and its own. A third one, of EventGrid, wraps the second.

use super::Kind;
use super::declare::{object, trigger};
use super::field::Table;
use super::fields::Fields;
use crate::percent;

trigger! {
    /// Objects that were made or removed. The list is called `Records`, with a capital.
    ObsTriggerEvent, OBS, Kind::Obs;
    rows {
        records: List(ObsRecord, OBS_RECORD) "Records", "What happened.";
    }
}

object! {
    /// What happened to one object. [`s3`](Self::s3) or [`obs`](Self::obs) is there, by the layout;
    /// [`object`](Self::object) and [`bucket_name`](Self::bucket_name) are of whichever it is.
    ObsRecord, OBS_RECORD;
    rows {
        event_version: Text "eventVersion", "The layout's version: `2.0` of S3's, `3.0` of OBS' own.";
        event_source: Text "eventSource", "`aws:s3` or `OBS`; test events leave it out.";
        aws_region: Text "awsRegion", "The region's name in S3's layout.";
        event_region: Text "eventRegion", "The region's name in OBS' own layout.";
        event_time: Time(Rfc3339) "eventTime", "When it happened: RFC 3339 with milliseconds in UTC. From EventGrid it is China's time, mislabelled as UTC.";
        event_name: Text "eventName", "What happened, for example `ObjectCreated:Put` or `ObjectRemoved:Delete`.";
        user_identity: Object(ObsIdentity, OBS_IDENTITY) "userIdentity", "Who did it.";
        request_parameters: Object(ObsRequestParameters, OBS_REQUEST_PARAMETERS) "requestParameters", "Where the request came from.";
        response_elements: Map "responseElements" or Null, "Ids of the request by name; test events leave them out.";
        s3: Object(ObsS3Entity, OBS_S3_ENTITY) "s3", "The object and its bucket in S3's layout.";
        obs: Object(ObsEntity, OBS_ENTITY) "obs", "The object and its bucket in OBS' own layout.";
    }
}

object! {
    /// Who did it, or owns it. [`any_id`](Self::any_id) is whichever id there is.
    ObsIdentity, OBS_IDENTITY;
    rows {
        principal_id: Text "principalId" also ["PrincipalId"], "The account's id in S3's layout.";
        id: Text "ID", "The account's id in OBS' own layout.";
    }
}

object! {
    /// Who owns a bucket, in S3's layout: there the name has a capital. [`any_id`](Self::any_id) is whichever id there is.
    ObsOwner, OBS_OWNER;
    rows {
        principal_id: Text "PrincipalId" also ["principalId"], "The account's id in S3's layout.";
        id: Text "ID", "The account's id in OBS' own layout.";
    }
}

object! {
    /// Where the request came from.
    ObsRequestParameters, OBS_REQUEST_PARAMETERS;
    rows {
        source_ip_address: Text "sourceIPAddress", "The caller's address.";
    }
}

object! {
    /// An object and its bucket in S3's layout.
    ObsS3Entity, OBS_S3_ENTITY;
    rows {
        s3_schema_version: Text "s3SchemaVersion", "The layout's version, `1.0`.";
        configuration_id: Text "configurationId", "The id of the bucket's rule that sent the event.";
        bucket: Object(ObsS3Bucket, OBS_S3_BUCKET) "bucket", "The bucket.";
        object: Object(ObsObject, OBS_OBJECT) "object", "The object.";
    }
}

object! {
    /// A bucket in S3's layout.
    ObsS3Bucket, OBS_S3_BUCKET;
    rows {
        name: Text "name", "The bucket's name.";
        arn: Text "arn", "The bucket's ARN.";
        owner_identity: Object(ObsOwner, OBS_OWNER) "ownerIdentity", "Who owns it.";
    }
}

object! {
    /// An object and its bucket in OBS' own layout.
    ObsEntity, OBS_ENTITY;
    rows {
        version: Text "Version", "The layout's version, `1.0`.";
        configuration_id: Text "configurationId", "The id of the bucket's rule that sent the event.";
        bucket: Object(ObsBucket, OBS_BUCKET) "bucket", "The bucket.";
        object: Object(ObsObject, OBS_OBJECT) "object", "The object.";
    }
}

object! {
    /// A bucket in OBS' own layout.
    ObsBucket, OBS_BUCKET;
    rows {
        name: Text "name", "The bucket's name.";
        bucket: Text "bucket", "The bucket's name again.";
        owner_identity: Object(ObsIdentity, OBS_IDENTITY) "ownerIdentity", "Who owns it.";
    }
}

object! {
    /// An object in a bucket.
    ObsObject, OBS_OBJECT;
    rows {
        key: Text "key", "The object's key, URL-encoded.";
        e_tag: Text "eTag" also ["etag"], "The ETag of its contents.";
        sequencer: Text "sequencer", "Orders the events of one key; hexadecimal digits.";
        size: Number "size", "Its size in bytes; not there if it was removed.";
        version_id: Text "versionId" or Null, "Its version; the text `null` in buckets without versions.";
        oldpsxpth: Text "oldpsxpth", "The old path of an object that was renamed.";
    }
}

impl<'e> ObsRecord<'e> {
    /// The object, whichever the layout.
    #[must_use]
    pub fn object(self) -> ObsObject<'e> {
        let s3 = self.s3().object();
        if s3.is_present() { s3 } else { self.obs().object() }
    }

    /// The bucket's name, whichever the layout.
    #[must_use]
    pub fn bucket_name(self) -> Option<&'e str> {
        self.s3().bucket().name().or_else(|| self.obs().bucket().name())
    }

    /// The region's name, whichever the layout.
    #[must_use]
    pub fn region(self) -> Option<&'e str> {
        self.aws_region().or_else(|| self.event_region())
    }
}

impl<'e> ObsIdentity<'e> {
    /// The account's id, whichever the layout.
    #[must_use]
    pub fn any_id(self) -> Option<&'e str> {
        self.principal_id().or_else(|| self.id())
    }
}

impl<'e> ObsOwner<'e> {
    /// The account's id, whichever the layout.
    #[must_use]
    pub fn any_id(self) -> Option<&'e str> {
        self.principal_id().or_else(|| self.id())
    }
}

/// What an object inside events has besides its fields, for accessors in other languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Extra {
    /// A text; see [`text`](Self::text).
    DecodedKey,
    /// A text; see [`text`](Self::text).
    BucketName,
    /// A text; see [`text`](Self::text).
    Region,
}

impl Extra {
    /// What objects of a table have, by name in snake case.
    #[must_use]
    pub fn of(table: &Table) -> &'static [(&'static str, Self)] {
        match table.name {
            "ObsRecord" => &[("bucket_name", Self::BucketName), ("region", Self::Region)],
            "ObsObject" => &[("decoded_key", Self::DecodedKey)],
            _ => &[],
        }
    }

    /// Its meaning, for documentation.
    #[must_use]
    pub fn doc(self) -> &'static str {
        match self {
            Self::DecodedKey => "The object's key as it is in the bucket: URL-decoded.",
            Self::BucketName => "The bucket's name, whichever the layout.",
            Self::Region => "The region's name, whichever the layout.",
        }
    }

    /// The text; None if there is none.
    #[must_use]
    pub fn text(self, fields: Fields<'_>) -> Option<String> {
        match self {
            Self::DecodedKey => ObsObject(Some(fields)).decoded_key(),
            Self::BucketName => ObsRecord(Some(fields)).bucket_name().map(str::to_owned),
            Self::Region => ObsRecord(Some(fields)).region().map(str::to_owned),
        }
    }
}

impl ObsObject<'_> {
    /// The object's key as it is in the bucket: `+` is a space and `%XX` a byte; what is neither, and bytes that make no
    /// text, stay as they are. None if there is none.
    #[must_use]
    pub fn decoded_key(self) -> Option<String> {
        self.key().map(percent::decode_form)
    }
}

//! Trigger events: what a trigger sends to a function, read tolerantly and never silently.
//!
//! A field of an unexpected type is read where its meaning is clear and left unset where it is not; both leave a
//! [`Finding`]. Unknown fields are kept. Only a payload that is not JSON, or that exceeds the [`Limits`], is an error.
//! Every event has one canonical JSON that is the same in all languages.

mod accessors;
mod apig;
mod apig_authorizer;
mod async_destination;
mod config;
mod cts;
mod dds;
mod declare;
mod detect;
mod dis;
mod dms;
mod eventgrid;
pub mod field;
mod fields;
mod finding;
mod frame;
mod gauss_mongo;
mod iotda;
mod kafka;
mod lts;
mod map;
mod messages;
mod number;
mod obs;
mod place;
mod rabbitmq;
mod record;
mod rocketmq;
mod smn;
mod text;
mod texts;
mod time;
mod timer;
mod unknown;

pub use crate::json::{ParseError, ParseErrorKind};
pub use apig::{ApigRequestContext, ApigRequestContextMut, ApigTriggerEvent};
pub use apig_authorizer::ApigAuthorizerRequest;
pub use async_destination::{
    AsyncDestinationEvent, AsyncRequestContext, AsyncRequestContextMut, AsyncResponseContext,
    AsyncResponseContextMut,
};
pub use config::{ConfigEvent, ConfigResource, ConfigResourceMut};
pub use cts::{
    CtsDomain, CtsDomainMut, CtsSessionAttributes, CtsSessionAttributesMut, CtsSessionContext,
    CtsSessionContextMut, CtsTrace, CtsTraceMut, CtsTriggerEvent, CtsUser, CtsUserMut,
};
pub use dds::{
    DdsRecord, DdsRecordMut, DdsTriggerEvent, MongoChange, MongoChangeMut, MongoNamespace, MongoToken,
};
pub(crate) use detect::is_apig;
pub use dis::{DisMessage, DisMessageMut, DisRecord, DisRecordMut, DisTriggerEvent};
pub use dms::{DmsMessage, DmsMessageMut, DmsTriggerEvent};
pub use eventgrid::EventGridEvent;
pub use fields::Fields;
pub use finding::Finding;
pub use gauss_mongo::{GaussMongoRecord, GaussMongoRecordMut, GaussMongoTriggerEvent};
pub use iotda::{
    IotdaBody, IotdaBodyMut, IotdaHeader, IotdaHeaderMut, IotdaNotifyData, IotdaNotifyDataMut, IotdaService,
    IotdaServiceMut, IotdaTag, IotdaTagMut, IotdaTriggerEvent,
};
pub use kafka::KafkaTriggerEvent;
pub use lts::{LtsBody, LtsBodyMut, LtsData, LtsLog, LtsTriggerEvent};
pub use map::TextMap;
pub use messages::{TopicRecord, TopicRecordMut};
pub use obs::{
    Extra, ObsBucket, ObsBucketMut, ObsEntity, ObsEntityMut, ObsIdentity, ObsIdentityMut, ObsObject,
    ObsObjectMut, ObsOwner, ObsOwnerMut, ObsRecord, ObsRecordMut, ObsRequestParameters,
    ObsRequestParametersMut, ObsS3Bucket, ObsS3BucketMut, ObsS3Entity, ObsS3EntityMut, ObsTriggerEvent,
};
pub use rabbitmq::{ExchangeRecord, ExchangeRecordMut, RabbitMqTriggerEvent};
pub use record::SetError;
pub use rocketmq::RocketMqTriggerEvent;
pub use smn::{SmnBody, SmnBodyMut, SmnRecord, SmnRecordMut, SmnTriggerEvent};
pub use timer::TimerTriggerEvent;
pub use unknown::UnknownEvent;

use bytes::Bytes;
use frame::{Frame, Payload};
use place::Place;

/// What all events with a field table have in common.
trait Trigger: Sized {
    const KIND: Kind;
    const TABLE: &'static field::Table;

    fn frame(&self) -> &Frame;
    fn frame_mut(&mut self) -> &mut Frame;
}

macro_rules! kinds {
    ($($kind:ident $name:literal $event:ident, $doc:literal;)*) => {
        /// Which trigger an event comes from.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Kind {
            $(#[doc = $doc] $kind,)*
            /// Any other JSON.
            Unknown,
        }

        impl Kind {
            /// Every kind, those with a field table first.
            pub const ALL: &[Self] = &[$(Self::$kind,)* Self::Unknown];

            /// The kind's name, the same in every language.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$kind => $name,)*
                    Self::Unknown => "unknown",
                }
            }

            /// The kind of that name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|kind| kind.name() == name)
            }

            /// The kind's field table; None of the unknown kind.
            #[must_use]
            pub fn table(self) -> Option<&'static field::Table> {
                match self {
                    $(Self::$kind => Some($event::TABLE),)*
                    Self::Unknown => None,
                }
            }
        }

        /// An event of the kind its shape shows.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum Event {
            $(#[doc = $doc] $kind($event),)*
            /// Any other JSON.
            Unknown(UnknownEvent),
        }

        impl Event {
            /// An event of `kind` with nothing set but what makes it one, to be built in code for tests and local debugging. Of
            /// unknown kind it is `null`.
            #[must_use]
            pub fn new(kind: Kind) -> Self {
                match kind {
                    $(Kind::$kind => Self::$kind($event::new()),)*
                    Kind::Unknown => Self::Unknown(UnknownEvent::null()),
                }
            }

            fn read(kind: Kind, payload: Payload) -> Self {
                match kind {
                    $(Kind::$kind => Self::$kind($event::read(payload)),)*
                    Kind::Unknown => Self::Unknown(UnknownEvent::read(payload)),
                }
            }

            /// Which trigger the event comes from.
            #[must_use]
            pub fn kind(&self) -> Kind {
                match self {
                    $(Self::$kind(_) => $event::KIND,)*
                    Self::Unknown(_) => Kind::Unknown,
                }
            }

            fn frame(&self) -> Result<&Frame, &UnknownEvent> {
                match self {
                    $(Self::$kind(event) => Ok(Trigger::frame(event)),)*
                    Self::Unknown(event) => Err(event),
                }
            }

            fn frame_mut(&mut self) -> Option<&mut Frame> {
                match self {
                    $(Self::$kind(event) => Some(event.frame_mut()),)*
                    Self::Unknown(_) => None,
                }
            }
        }
    };
}

kinds! {
    Apig "apig" ApigTriggerEvent, "API Gateway (shared or dedicated) and everything shaped like it.";
    ApigAuthorizer "apig_authorizer" ApigAuthorizerRequest, "API Gateway, asking a custom authorizer. Never taken from the shape: it has to be asked for.";
    Timer "timer" TimerTriggerEvent, "Timer.";
    Smn "smn" SmnTriggerEvent, "Simple Message Notification.";
    Lts "lts" LtsTriggerEvent, "Log Tank Service.";
    Cts "cts" CtsTriggerEvent, "Cloud Trace Service.";
    Dds "dds" DdsTriggerEvent, "Document Database Service.";
    GaussMongo "gauss_mongo" GaussMongoTriggerEvent, "GaussDB(for Mongo), now GeminiDB.";
    Kafka "kafka" KafkaTriggerEvent, "Kafka, hosted or self-hosted.";
    RocketMq "rocketmq" RocketMqTriggerEvent, "RocketMQ.";
    RabbitMq "rabbitmq" RabbitMqTriggerEvent, "RabbitMQ.";
    Dis "dis" DisTriggerEvent, "Data Ingestion Service.";
    Dms "dms" DmsTriggerEvent, "Distributed Message Service, the old one.";
    Obs "obs" ObsTriggerEvent, "Object Storage Service, in S3's layout or its own.";
    EventGrid "eventgrid" EventGridEvent, "EventGrid (CloudEvents).";
    Iotda "iotda" IotdaTriggerEvent, "IoT Device Access.";
    AsyncDestination "async_destination" AsyncDestinationEvent, "The end of another function's asynchronous invocation.";
    Config "config" ConfigEvent, "Config, asking a custom rule.";
}

/// What reading an event may cost.
#[derive(Clone, Debug)]
pub struct Limits {
    /// How many arrays and objects may nest in each other; 128 by default.
    pub max_depth: usize,
    /// The largest payload in bytes; 6 MiB by default, the platform's own limit for synchronous invocations.
    pub max_bytes: usize,
}

impl Limits {
    /// For payloads that a transport, which has a limit of its own, has let in, and for what is inside them.
    #[must_use]
    pub fn of_received() -> Self {
        Self { max_bytes: usize::MAX, ..Self::default() }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_depth: 128, max_bytes: 6 << 20 }
    }
}

impl Event {
    /// Reads a payload within the default [`Limits`], taking its kind from its shape.
    ///
    /// # Errors
    /// The payload is not JSON, or exceeds a limit; the error says where.
    pub fn parse(payload: impl Into<Bytes>) -> Result<Self, ParseError> {
        Self::parse_with(payload, &Limits::default())
    }

    /// Like [`parse`](Self::parse) within other limits.
    ///
    /// # Errors
    /// The payload is not JSON, or exceeds a limit; the error says where.
    pub fn parse_with(payload: impl Into<Bytes>, limits: &Limits) -> Result<Self, ParseError> {
        let payload = Payload::parse(&payload.into(), limits)?;
        Ok(Self::read(detect::kind_of(&payload.document), payload))
    }

    /// Reads a payload as an event of `kind`, whatever its shape.
    ///
    /// # Errors
    /// The payload is not JSON, or exceeds a limit; the error says where.
    pub fn parse_as(kind: Kind, payload: impl Into<Bytes>, limits: &Limits) -> Result<Self, ParseError> {
        Ok(Self::read(kind, Payload::parse(&payload.into(), limits)?))
    }

    /// Where the payload was not what the documents promise, in document order; what is read on demand comes last.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        self.frame().map_or_else(UnknownEvent::findings, Frame::findings)
    }

    /// The event as canonical JSON: compact, known fields first and in the documented order and type, unknown ones after
    /// them, `<field>_epoch_ms` beside every time that could be read. The canonical form of canonical JSON is itself.
    #[must_use]
    pub fn to_canonical(&self) -> String {
        self.frame().map_or_else(UnknownEvent::to_canonical, |frame| frame.to_json(record::Form::Canonical))
    }

    /// The event as its trigger would send it.
    #[must_use]
    pub fn to_wire(&self) -> String {
        self.frame().map_or_else(UnknownEvent::to_canonical, |frame| frame.to_json(record::Form::Wire))
    }

    /// The known fields by row; None of an event of unknown kind.
    #[must_use]
    pub fn fields(&self) -> Option<Fields<'_>> {
        self.frame().ok().map(Frame::fields)
    }

    /// The object that has the field at `path`, and the field's row. A path is made of the rows of the field tables from the event
    /// down; after the row of a list comes the index in it. None if there is no such object.
    #[must_use]
    pub fn find(&self, path: &[usize]) -> Option<(Fields<'_>, usize)> {
        let (&row, way) = path.split_last()?;
        Some((self.object_at(way)?, row))
    }

    /// The object at a path that ends with the row of an object or the index in a list; the event itself for none. None if there is no
    /// such object.
    #[must_use]
    pub fn object_at(&self, path: &[usize]) -> Option<Fields<'_>> {
        let mut fields = self.fields()?;
        let mut rest = path;
        while let Some((&row, below)) = rest.split_first() {
            let is_list = matches!(fields.table().fields.get(row)?.kind, field::FieldKind::List(_));
            (fields, rest) = match below {
                [index, below @ ..] if is_list => (fields.element(row, *index)?, below),
                _ => (fields.object(row)?, below),
            };
        }
        Some(fields)
    }

    /// Sets the text at `path`; see [`find`](Self::find). An index at the end of its list makes a new element, and the objects on
    /// the way are made if they are not there.
    ///
    /// # Errors
    /// The event has no such field for texts, or an index is beyond the end.
    pub fn set_text(&mut self, path: &[usize], text: impl Into<String>) -> Result<(), SetError> {
        let (place, row) = self.at(path)?;
        place.set_text(row, text)
    }

    /// Sets the truth value at `path`, like [`set_text`](Self::set_text).
    ///
    /// # Errors
    /// Those of [`set_text`](Self::set_text).
    pub fn set_boolean(&mut self, path: &[usize], value: bool) -> Result<(), SetError> {
        let (place, row) = self.at(path)?;
        place.set_boolean(row, value)
    }

    /// Sets the number at `path`, like [`set_text`](Self::set_text).
    ///
    /// # Errors
    /// Those of [`set_text`](Self::set_text).
    pub fn set_number(&mut self, path: &[usize], value: i64) -> Result<(), SetError> {
        let (place, row) = self.at(path)?;
        place.set_number(row, value)
    }

    /// Sets what may be any JSON at `path`, like [`set_text`](Self::set_text).
    ///
    /// # Errors
    /// Those of [`set_text`](Self::set_text), or the text is not JSON.
    pub fn set_json(&mut self, path: &[usize], json: &str) -> Result<(), SetError> {
        let (place, row) = self.at(path)?;
        place.set_json(row, json)
    }

    /// Sets all texts of the array at `path`, like [`set_text`](Self::set_text).
    ///
    /// # Errors
    /// Those of [`set_text`](Self::set_text).
    pub fn set_texts<T: Into<String>>(
        &mut self,
        path: &[usize],
        texts: impl IntoIterator<Item = T>,
    ) -> Result<(), SetError> {
        let (place, row) = self.at(path)?;
        place.set_texts(row, texts)
    }

    /// Sets all texts of `name` in the map at `path`, like [`set_text`](Self::set_text); none remove it.
    ///
    /// # Errors
    /// Those of [`set_text`](Self::set_text).
    pub fn set_map_entry<T: Into<String>>(
        &mut self,
        path: &[usize],
        name: &str,
        texts: impl IntoIterator<Item = T>,
    ) -> Result<(), SetError> {
        let (place, row) = self.at(path)?;
        place.set_map_entry(row, name, texts)
    }

    fn at(&mut self, path: &[usize]) -> Result<(Place<'_>, usize), SetError> {
        let (&row, steps) = path.split_last().ok_or(SetError::NoSuchField)?;
        let root = Place::root(self.frame_mut().ok_or(SetError::NoSuchField)?);
        Ok((steps.iter().fold(root, |place, &step| place.object(step)), row))
    }
}

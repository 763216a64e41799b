//! What a handler may take: the payload's bytes, or something read from them.

use crate::event::Limits;
use crate::response::{FunctionError, Json};
use bytes::Bytes;
use serde::de::DeserializeOwned;

/// What a handler takes as its event.
pub trait FromPayload: Sized {
    /// Reads the payload.
    ///
    /// # Errors
    /// `EventInvalid`: the payload cannot be read as this type. The invocation ends with that error.
    fn from_payload(payload: Bytes) -> Result<Self, FunctionError>;
}

/// The payload as it came, which may be empty.
impl FromPayload for Bytes {
    fn from_payload(payload: Bytes) -> Result<Self, FunctionError> {
        Ok(payload)
    }
}

/// The payload as it came, which may be empty.
impl FromPayload for Vec<u8> {
    fn from_payload(payload: Bytes) -> Result<Self, FunctionError> {
        Ok(payload.into())
    }
}

/// The payload as text, which may be empty.
impl FromPayload for String {
    fn from_payload(payload: Bytes) -> Result<Self, FunctionError> {
        Self::from_utf8(payload.into()).map_err(|error| invalid(&error.utf8_error()))
    }
}

/// The payload as JSON of the handler's own type. Read strictly, unlike the trigger events.
impl<T: DeserializeOwned> FromPayload for Json<T> {
    fn from_payload(payload: Bytes) -> Result<Self, FunctionError> {
        serde_json::from_slice(&payload).map(Json).map_err(|error| invalid(&error))
    }
}

/// Any JSON. Read strictly, unlike the trigger events.
impl FromPayload for serde_json::Value {
    fn from_payload(payload: Bytes) -> Result<Self, FunctionError> {
        Json::from_payload(payload).map(|Json(value)| value)
    }
}

macro_rules! events {
    ($($event:ident)*) => {
        use crate::event::{$($event),*};
        $(impl FromPayload for $event {
            fn from_payload(payload: Bytes) -> Result<Self, FunctionError> {
                Self::parse_with(payload, &Limits::of_received()).map_err(|error| invalid(&error))
            }
        })*
    };
}

// The event of whichever kind it is, or one kind, whatever the payload's shape.
events! {
    Event ApigAuthorizerRequest ApigTriggerEvent AsyncDestinationEvent ConfigEvent CtsTriggerEvent DdsTriggerEvent
    DisTriggerEvent DmsTriggerEvent EventGridEvent GaussMongoTriggerEvent IotdaTriggerEvent KafkaTriggerEvent LtsTriggerEvent
    ObsTriggerEvent RabbitMqTriggerEvent RocketMqTriggerEvent SmnTriggerEvent TimerTriggerEvent
}

fn invalid(error: &dyn std::error::Error) -> FunctionError {
    FunctionError::new("EventInvalid", error.to_string())
}

//! The messages of net/rpc, and of the service `Function` of the platform's Go runtime.
//!
//! Types, names and their order are those of Go's `net/rpc` and of the official SDK for Go, which tells them apart by their names.

use super::gob::{self, Decoder, GobError, Value};
use crate::context::Headers;
use bytes::Bytes;

pub(super) const INVOKE: &str = "Function.Invoke";
pub(super) const HEALTH_CHECK: &str = "Function.HealthCheck";

/// How many headers an event may have, as over HTTP.
const MOST_HEADERS: usize = 128;

/// What begins a call.
#[derive(Debug, PartialEq)]
pub struct Request {
    /// Service and method with a dot between.
    pub(super) service_method: String,
    /// The caller's number for the call.
    pub(super) seq: u64,
}

/// What begins an answer.
#[derive(Debug, PartialEq)]
pub struct Response {
    /// The request's.
    pub(super) service_method: String,
    /// The request's.
    pub(super) seq: u64,
    /// Why the call failed; empty if it did not.
    pub(super) error: String,
}

/// An event.
#[derive(Debug, Default)]
pub struct InvokeRequest {
    pub(super) headers: Headers,
    pub(super) payload: Bytes,
}

/// A result.
#[derive(Debug, Default, PartialEq)]
pub struct InvokeResponse {
    pub(super) status_code: i64,
    pub(super) payload: Bytes,
}

impl Request {
    /// Reads a request.
    ///
    /// # Errors
    /// The value is none.
    pub fn read(decoder: &Decoder, value: &Value) -> Result<Self, GobError> {
        let mut request = Self { service_method: String::new(), seq: 0 };
        decoder.fields(value, |name, field| {
            match name {
                "ServiceMethod" => request.service_method = field.text()?,
                "Seq" => request.seq = field.uint()?,
                _ => {}
            }
            Ok(())
        })?;
        Ok(request)
    }
}

impl Response {
    /// Reads the head of an answer.
    ///
    /// # Errors
    /// The value is none.
    pub fn read(decoder: &Decoder, value: &Value) -> Result<Self, GobError> {
        let mut response = Self { service_method: String::new(), seq: 0, error: String::new() };
        decoder.fields(value, |name, field| {
            match name {
                "ServiceMethod" => response.service_method = field.text()?,
                "Seq" => response.seq = field.uint()?,
                "Error" => response.error = field.text()?,
                _ => {}
            }
            Ok(())
        })?;
        Ok(response)
    }
}

impl InvokeRequest {
    /// Reads an event. The payload shares the message's memory.
    ///
    /// # Errors
    /// The value is none, or has too many headers.
    pub fn read(decoder: &Decoder, value: &Value) -> Result<Self, GobError> {
        let (mut request, mut count) = (Self::default(), 0);
        decoder.fields(value, |name, field| {
            match name {
                "Payload" => request.payload = value.slice(field.bytes()?),
                "Header" => field.text_lists(|name, value| {
                    count += 1;
                    if count > MOST_HEADERS {
                        return Err(format!("there are more than {MOST_HEADERS} headers"));
                    }
                    request.headers.append(name, value);
                    Ok(())
                })?,
                _ => {}
            }
            Ok(())
        })?;
        Ok(request)
    }
}

impl InvokeResponse {
    /// Reads a result. The payload shares the message's memory.
    ///
    /// # Errors
    /// The value is none.
    pub fn read(decoder: &Decoder, value: &Value) -> Result<Self, GobError> {
        let mut response = Self::default();
        decoder.fields(value, |name, field| {
            match name {
                "StatusCode" => response.status_code = field.int()?,
                "Payload" => response.payload = value.slice(field.bytes()?),
                _ => {}
            }
            Ok(())
        })?;
        Ok(response)
    }
}

/// A type that is sent: its number, and its definition as Go writes it, before its first value.
struct Sent {
    id: i64,
    definition: &'static [u8],
}

// The numbers are those that Go gives if a health check comes first; any would do.
const REQUEST: Sent = Sent {
    id: 65,
    definition:
        b"\x2f\xff\x81\x03\x01\x01\x07Request\x01\xff\x82\x00\x01\x02\x01\x0dServiceMethod\x01\x0c\x00\
        \x01\x03Seq\x01\x06\x00\x00\x00",
};
const RESPONSE: Sent = Sent {
    id: 65,
    definition:
        b"\x3a\xff\x81\x03\x01\x01\x08Response\x01\xff\x82\x00\x01\x03\x01\x0dServiceMethod\x01\x0c\x00\
        \x01\x03Seq\x01\x06\x00\x01\x05Error\x01\x0c\x00\x00\x00",
};
const HEALTH_CHECK_REQUEST: Sent =
    Sent { id: 66, definition: b"\x1e\xff\x83\x03\x01\x01\x12HealthCheckRequest\x01\xff\x84\x00\x00\x00" };
const HEALTH_CHECK_RESPONSE: Sent =
    Sent { id: 66, definition: b"\x1f\xff\x83\x03\x01\x01\x13HealthCheckResponse\x01\xff\x84\x00\x00\x00" };
const INVOKE_REQUEST: Sent = Sent {
    id: 67,
    // With the type of the headers, a map, and that of their values, a slice without a name.
    definition:
        b"\x33\xff\x85\x03\x01\x01\x0dInvokeRequest\x01\xff\x86\x00\x01\x02\x01\x07Payload\x01\x0a\x00\
        \x01\x06Header\x01\xff\x8a\x00\x00\x00\
        \x17\xff\x89\x04\x01\x01\x06Header\x01\xff\x8a\x00\x01\x0c\x01\xff\x88\x00\x00\
        \x0c\xff\x87\x02\x01\x02\xff\x88\x00\x01\x0c\x00\x00",
};
const INVOKE_RESPONSE: Sent = Sent {
    id: 67,
    definition:
        b"\x37\xff\x85\x03\x01\x01\x0eInvokeResponse\x01\xff\x86\x00\x01\x02\x01\x0aStatusCode\x01\x04\x00\
        \x01\x07Payload\x01\x0a\x00\x00\x00",
};
/// What follows an answer that is an error.
const NOTHING: Sent = Sent { id: 68, definition: b"\x0a\xff\x87\x03\x01\x02\xff\x88\x00\x00\x00" };

/// Writes the messages of one connection in one direction.
#[derive(Default)]
pub(super) struct Encoder {
    defined: Vec<i64>,
}

impl Encoder {
    /// The answer of a call that succeeded with a result.
    pub(super) fn invoked(&mut self, request: &Request, status_code: i64, payload: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(payload.len() + 256);
        self.put_response(&mut out, request, "");
        let mut fields = Fields::new(INVOKE_RESPONSE.id, payload.len() + 16);
        fields.put_int(status_code);
        fields.put_bytes(payload);
        self.put(&mut out, &INVOKE_RESPONSE, fields);
        out
    }

    /// The answer to a health check.
    pub(super) fn healthy(&mut self, request: &Request) -> Vec<u8> {
        let mut out = Vec::new();
        self.put_response(&mut out, request, "");
        self.put(&mut out, &HEALTH_CHECK_RESPONSE, Fields::new(HEALTH_CHECK_RESPONSE.id, 0));
        out
    }

    /// The answer of a call that failed.
    pub(super) fn failed(&mut self, request: &Request, error: &str) -> Vec<u8> {
        let mut out = Vec::new();
        self.put_response(&mut out, request, error);
        self.put(&mut out, &NOTHING, Fields::new(NOTHING.id, 0));
        out
    }

    /// A call that carries an event.
    pub(super) fn invoke(&mut self, seq: u64, headers: &Headers, payload: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(payload.len() + 256);
        self.put_request(&mut out, INVOKE, seq);
        let mut fields = Fields::new(INVOKE_REQUEST.id, payload.len() + 256);
        fields.put_bytes(payload);
        fields.put_headers(headers);
        self.put(&mut out, &INVOKE_REQUEST, fields);
        out
    }

    /// A health check.
    pub(super) fn health_check(&mut self, seq: u64) -> Vec<u8> {
        let mut out = Vec::new();
        self.put_request(&mut out, HEALTH_CHECK, seq);
        self.put(&mut out, &HEALTH_CHECK_REQUEST, Fields::new(HEALTH_CHECK_REQUEST.id, 0));
        out
    }

    fn put_request(&mut self, out: &mut Vec<u8>, service_method: &str, seq: u64) {
        let mut fields = Fields::new(REQUEST.id, 64);
        fields.put_bytes(service_method.as_bytes());
        fields.put_uint(seq);
        self.put(out, &REQUEST, fields);
    }

    fn put_response(&mut self, out: &mut Vec<u8>, request: &Request, error: &str) {
        let mut fields = Fields::new(RESPONSE.id, error.len() + 64);
        fields.put_bytes(request.service_method.as_bytes());
        fields.put_uint(request.seq);
        fields.put_bytes(error.as_bytes());
        self.put(out, &RESPONSE, fields);
    }

    fn put(&mut self, out: &mut Vec<u8>, sent: &Sent, fields: Fields) {
        if !self.defined.contains(&sent.id) {
            self.defined.push(sent.id);
            out.extend_from_slice(sent.definition);
        }
        gob::put_bytes(out, &fields.finish());
    }
}

/// A structure that is being written. Fields are put in their order; what is zero or empty is left out, as Go does.
struct Fields {
    out: Vec<u8>,
    skipped: u64,
}

impl Fields {
    fn new(id: i64, room: usize) -> Self {
        let mut out = Vec::with_capacity(room + 16);
        gob::put_int(&mut out, id);
        Self { out, skipped: 0 }
    }

    fn put_uint(&mut self, number: u64) {
        self.put(number == 0, |out| gob::put_uint(out, number));
    }

    fn put_int(&mut self, number: i64) {
        self.put(number == 0, |out| gob::put_int(out, number));
    }

    fn put_bytes(&mut self, bytes: &[u8]) {
        self.put(bytes.is_empty(), |out| gob::put_bytes(out, bytes));
    }

    /// A map from names to the lists of their values.
    fn put_headers(&mut self, headers: &Headers) {
        let mut names: Vec<&str> = Vec::new();
        for (name, _) in headers.iter() {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        self.put(names.is_empty(), |out| {
            gob::put_uint(out, names.len() as u64);
            for &name in &names {
                gob::put_bytes(out, name.as_bytes());
                let values: Vec<&str> =
                    headers.iter().filter(|(known, _)| *known == name).map(|(_, value)| value).collect();
                gob::put_uint(out, values.len() as u64);
                values.iter().for_each(|value| gob::put_bytes(out, value.as_bytes()));
            }
        });
    }

    fn put(&mut self, is_zero: bool, write: impl FnOnce(&mut Vec<u8>)) {
        self.skipped += 1;
        if !is_zero {
            gob::put_uint(&mut self.out, std::mem::take(&mut self.skipped));
            write(&mut self.out);
        }
    }

    fn finish(mut self) -> Vec<u8> {
        self.out.push(0);
        self.out
    }
}

//! JSON as values of Python: what `json.loads` gives.

use fgruntime_core::event::{Kind, ParseErrorKind};
use fgruntime_core::json::{Document, Token, Value, ValueKind};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyDict, PyFloat, PyInt, PyList, PyString};

use crate::invocation::EventInvalid;

/// From here on the GIL is released while a payload is read.
const LARGE: usize = 16 << 10;

/// What `json.loads` gives; None of no bytes.
#[pyfunction]
pub(crate) fn loads<'py>(py: Python<'py>, payload: &Bound<'py, PyBytes>) -> PyResult<Bound<'py, PyAny>> {
    from_json(py, bytes::Bytes::copy_from_slice(payload.as_bytes()))
}

/// The name of the kind of event that a payload has the shape of.
#[pyfunction]
pub(crate) fn kind_of(payload: &[u8]) -> &'static str {
    Kind::of(payload).name()
}

/// A payload as Python values.
///
/// What Python reads otherwise than the core (halves of surrogate pairs, duplicate names and their order, byte order marks, NaN,
/// other encodings) is left to Python itself, and so are its errors.
pub(crate) fn from_json(py: Python<'_>, payload: bytes::Bytes) -> PyResult<Bound<'_, PyAny>> {
    if payload.is_empty() {
        return Ok(py.None().into_bound(py));
    }
    let index = || Document::from_bytes(payload.clone(), usize::MAX);
    let document = if payload.len() > LARGE { py.detach(index) } else { index() };
    match document {
        Some(Ok(document)) if !document.has_lone_surrogates() && !document.has_duplicates() => {
            match document.root() {
                Some(root) => build(py, root),
                None => Ok(py.None().into_bound(py)),
            }
        }
        _ => by_python(py, &payload),
    }
}

fn by_python<'py>(py: Python<'py>, payload: &[u8]) -> PyResult<Bound<'py, PyAny>> {
    let read = py.import("json")?.call_method1("loads", (PyBytes::new(py, payload),));
    read.map_err(|error| {
        if !error.is_instance_of::<PyValueError>(py) && !is_recursion(py, &error) {
            return error;
        }
        let offset =
            error.value(py).getattr("pos").and_then(|pos| pos.extract::<usize>()).unwrap_or_default();
        invalid(py, &format!("the payload is not JSON: {}", error.value(py)), offset, ParseErrorKind::NotJson)
    })
}

fn is_recursion(py: Python<'_>, error: &PyErr) -> bool {
    error.is_instance_of::<pyo3::exceptions::PyRecursionError>(py)
}

/// The error of a payload that cannot be read.
pub(crate) fn invalid(py: Python<'_>, message: &str, offset: usize, kind: ParseErrorKind) -> PyErr {
    let error = EventInvalid::new_err(message.to_owned());
    let reason = match kind {
        ParseErrorKind::TooDeep => "too_deep",
        ParseErrorKind::TooLarge => "too_large",
        _ => "not_json",
    };
    let value = error.value(py);
    match value.setattr("offset", offset).and_then(|()| value.setattr("reason", reason)) {
        Ok(()) => error,
        Err(other) => other,
    }
}

/// One value as Python's, without recursion: the depth is the sender's.
pub(crate) fn build<'py>(py: Python<'py>, root: Value<'_>) -> PyResult<Bound<'py, PyAny>> {
    let mut builder = Builder { py, open: Vec::new(), names: Vec::new() };
    let mut whole = py.None().into_bound(py);
    for token in root.tokens() {
        match token {
            Token::Begin(ValueKind::Array) => builder.open.push(Open::List(PyList::empty(py))),
            Token::Begin(_) => builder.open.push(Open::Dict(PyDict::new(py), None)),
            Token::Name(name) => builder.name(name),
            Token::Scalar(value) => {
                let value = scalar(py, value)?;
                whole = builder.put(value)?.unwrap_or(whole);
            }
            Token::End => {
                let Some(container) = builder.open.pop() else { continue };
                whole = builder.put(container.into_any())?.unwrap_or(whole);
            }
        }
    }
    Ok(whole)
}

enum Open<'py> {
    List(Bound<'py, PyList>),
    Dict(Bound<'py, PyDict>, Option<Bound<'py, PyString>>),
}

impl<'py> Open<'py> {
    fn into_any(self) -> Bound<'py, PyAny> {
        match self {
            Self::List(list) => list.into_any(),
            Self::Dict(dict, _) => dict.into_any(),
        }
    }
}

/// How many names are kept; those that share a place push each other out.
const NAMES: usize = 256;

struct Builder<'py> {
    py: Python<'py>,
    open: Vec<Open<'py>>,
    /// Names come again in every element of a list; elsewhere hardly ever.
    names: Vec<Option<(String, Bound<'py, PyString>)>>,
}

impl<'py> Builder<'py> {
    fn name(&mut self, name: Value<'_>) {
        let text = name.decoded();
        let around = self.open.len().checked_sub(2).and_then(|around| self.open.get(around));
        let is_element = matches!(around, Some(Open::List(_)));
        let object = if is_element { self.known(&text) } else { PyString::new(self.py, &text) };
        if let Some(Open::Dict(_, waiting)) = self.open.last_mut() {
            *waiting = Some(object);
        }
    }

    fn known(&mut self, text: &str) -> Bound<'py, PyString> {
        if self.names.is_empty() {
            self.names.resize_with(NAMES, || None);
        }
        let bytes = text.as_bytes();
        let mark = bytes
            .first()
            .zip(bytes.last())
            .map_or(0, |(&first, &last)| 7 * usize::from(first) + usize::from(last) + 31 * bytes.len());
        let place = &mut self.names[mark % NAMES];
        match place {
            Some((known, object)) if known == text => object.clone(),
            _ => {
                let object = PyString::new(self.py, text);
                *place = Some((text.to_owned(), object.clone()));
                object
            }
        }
    }

    /// Puts a value into the innermost container; gives it back if there is none, for it is the whole then.
    fn put(&mut self, value: Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyAny>>> {
        match self.open.last_mut() {
            None => return Ok(Some(value)),
            Some(Open::List(list)) => list.append(value)?,
            Some(Open::Dict(dict, name)) => {
                if let Some(name) = name.take() {
                    dict.set_item(name, value)?;
                }
            }
        }
        Ok(None)
    }
}

fn scalar<'py>(py: Python<'py>, value: Value<'_>) -> PyResult<Bound<'py, PyAny>> {
    Ok(match value.kind() {
        ValueKind::True => PyBool::new(py, true).to_owned().into_any(),
        ValueKind::False => PyBool::new(py, false).to_owned().into_any(),
        ValueKind::Number => return number(py, value.raw()),
        ValueKind::String => PyString::new(py, &value.decoded()).into_any(),
        _ => py.None().into_bound(py),
    })
}

fn number<'py>(py: Python<'py>, digits: &str) -> PyResult<Bound<'py, PyAny>> {
    if let Ok(integer) = digits.parse::<i64>() {
        return Ok(PyInt::new(py, integer).into_any());
    }
    if digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
        return py.get_type::<PyInt>().call1((digits,));
    }
    // As Python does: correctly rounded, and infinite beyond a double.
    Ok(PyFloat::new(py, digits.parse().unwrap_or(f64::NAN)).into_any())
}

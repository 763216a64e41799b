//! Typed events, which also read like the mapping they came as.

use crate::access::{self, Access};
use crate::build;
use crate::view::{Place, names};
use fgruntime_core::event::field::Table;
use fgruntime_core::event::{Event as CoreEvent, Kind, Limits};
use pyo3::exceptions::PyAttributeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyDict, PyType};
use std::collections::HashMap;
use std::sync::OnceLock;

/// A trigger event. Its fields are attributes; the classes of the kinds are made in Python and differ in `_kind`.
#[pyclass(subclass, module = "fgruntime")]
pub(crate) struct Event {
    event: CoreEvent,
    /// As it came; None of one that was built or changed.
    payload: Option<bytes::Bytes>,
    /// What it is as Python reads it.
    mapping: OnceLock<Py<PyAny>>,
}

impl Event {
    pub(crate) fn core(&self) -> &CoreEvent {
        &self.event
    }

    /// The event, to be changed: what was derived from it is forgotten.
    pub(crate) fn change(&mut self) -> &mut CoreEvent {
        self.payload = None;
        self.mapping = OnceLock::new();
        &mut self.event
    }

    /// A payload as an event of that kind, or of the one its shape shows, in the class of the kind.
    pub(crate) fn read<'py>(
        py: Python<'py>,
        kind: Option<Kind>,
        payload: bytes::Bytes,
        limits: &Limits,
    ) -> PyResult<Bound<'py, PyAny>> {
        let event = match kind {
            Some(kind) => CoreEvent::parse_as(kind, payload.clone(), limits),
            None => CoreEvent::parse_with(payload.clone(), limits),
        };
        let event =
            event.map_err(|error| build::invalid(py, &error.to_string(), error.offset(), error.kind()))?;
        let object = class_of(py, event.kind())?.call0()?;
        let mut place = object.cast::<Self>()?.borrow_mut();
        *place = Self { event, payload: Some(payload), mapping: OnceLock::new() };
        drop(place);
        Ok(object)
    }

    fn kind_of_class(class: &Bound<'_, PyType>) -> Option<Kind> {
        Kind::from_name(&class.getattr("_kind").ok()?.extract::<String>().ok()?)
    }

    fn mapping<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        if let Some(mapping) = self.mapping.get() {
            return Ok(mapping.bind(py).clone());
        }
        let json = self.payload.clone().unwrap_or_else(|| self.event.to_wire().into());
        let mapping = build::from_json(py, json)?;
        Ok(self.mapping.get_or_init(|| mapping.unbind()).bind(py).clone())
    }
}

/// The Python class of a kind; looked for once, for it is asked for with every event.
fn class_of(py: Python<'_>, kind: Kind) -> PyResult<Bound<'_, PyAny>> {
    static CLASSES: PyOnceLock<HashMap<Kind, Py<PyAny>>> = PyOnceLock::new();
    let find = || {
        let module = py.import("fgruntime.events")?;
        let tables = Kind::ALL.iter().filter_map(|&kind| Some((kind, kind.table()?)));
        let class = |(kind, table): (Kind, &'static Table)| {
            let class = module.getattr(table.name)?;
            describe(&class, table)?;
            Ok((kind, class.unbind()))
        };
        tables.map(class).collect::<PyResult<_>>()
    };
    let class = CLASSES.get_or_try_init(py, find)?.get(&kind);
    Ok(class.map_or_else(|| py.get_type::<Event>().into_any(), |class| class.bind(py).clone()))
}

/// Gives a class its attributes, so that Python need not fail to find them before it asks the event.
fn describe(class: &Bound<'_, PyAny>, table: &'static Table) -> PyResult<()> {
    for (name, &access) in access::names(table).into_iter().flatten() {
        class.setattr(name.as_str(), Attribute { access, table })?;
    }
    Ok(())
}

/// An attribute of a class of events.
#[pyclass(frozen, module = "fgruntime")]
struct Attribute {
    access: Access,
    table: &'static Table,
}

#[pymethods]
impl Attribute {
    fn __get__<'py>(
        slf: &Bound<'py, Self>,
        event: Option<&Bound<'py, Event>>,
        _owner: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let Some(event) = event else { return Ok(slf.clone().into_any()) };
        let Self { access, table } = *slf.get();
        Place { owner: event.clone().unbind(), path: Vec::new(), table }.give(slf.py(), access)
    }
}

fn place<'py>(slf: &Bound<'py, Event>) -> PyResult<Place> {
    let table = slf.borrow().event.kind().table();
    let table =
        table.ok_or_else(|| PyAttributeError::new_err("events of no known kind have no attributes"))?;
    Ok(Place { owner: slf.clone().unbind(), path: Vec::new(), table })
}

#[pymethods]
impl Event {
    /// An event with nothing set but what makes it one, and these attributes.
    #[new]
    #[classmethod]
    #[pyo3(signature = (**_attributes), text_signature = "(**attributes)")]
    fn new(class: &Bound<'_, PyType>, _attributes: Option<&Bound<'_, PyDict>>) -> Self {
        let event = CoreEvent::new(Self::kind_of_class(class).unwrap_or(Kind::Unknown));
        Self { event, payload: None, mapping: OnceLock::new() }
    }

    #[pyo3(signature = (**attributes))]
    fn __init__(slf: &Bound<'_, Self>, attributes: Option<&Bound<'_, PyDict>>) -> PyResult<()> {
        let Some(attributes) = attributes else { return Ok(()) };
        let place = place(slf)?;
        attributes.iter().try_for_each(|(name, value)| place.set(&name.extract::<String>()?, &value))
    }

    /// Reads a payload as this class's kind; of `Event` itself as the kind its shape shows.
    #[classmethod]
    fn parse<'py>(class: &Bound<'py, PyType>, payload: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let bytes = match payload.cast::<PyBytes>() {
            Ok(bytes) => bytes::Bytes::copy_from_slice(bytes.as_bytes()),
            Err(_) => payload.extract::<String>()?.into(),
        };
        Self::read(class.py(), Self::kind_of_class(class), bytes, &Limits::default())
    }

    #[getter]
    fn kind(&self) -> &'static str {
        self.event.kind().name()
    }

    /// Path, what was found there, how it was read.
    #[getter]
    fn findings(&self) -> Vec<(String, String, String)> {
        self.event.findings().into_iter().map(|finding| (finding.path, finding.found, finding.read)).collect()
    }

    fn to_canonical(&self) -> String {
        self.event.to_canonical()
    }

    fn to_wire(&self) -> String {
        self.event.to_wire()
    }

    fn unknown_fields<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let unknown = PyDict::new(py);
        for (name, json) in
            self.event.fields().into_iter().flat_map(|fields| fields.unknown().collect::<Vec<_>>())
        {
            unknown.set_item(name, build::from_json(py, json.into())?)?;
        }
        Ok(unknown)
    }

    fn __getattr__<'py>(slf: &Bound<'py, Self>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        place(slf)?.get(slf.py(), name)
    }

    fn __setattr__(slf: &Bound<'_, Self>, name: &str, value: &Bound<'_, PyAny>) -> PyResult<()> {
        place(slf)?.set(name, value)
    }

    fn __dir__(slf: &Bound<'_, Self>) -> PyResult<Vec<String>> {
        let mut all: Vec<String> = slf.get_type().dir()?.extract()?;
        all.extend(slf.borrow().event.kind().table().map(names).unwrap_or_default());
        Ok(all)
    }

    fn __getitem__<'py>(&self, key: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        self.mapping(key.py())?.get_item(key)
    }

    fn __contains__(&self, key: &Bound<'_, PyAny>) -> PyResult<bool> {
        self.mapping(key.py())?.contains(key)
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(self.mapping(py)?.try_iter()?.into_any())
    }

    fn __len__(&self, py: Python<'_>) -> PyResult<usize> {
        self.mapping(py)?.len()
    }

    #[pyo3(signature = (key, default=None))]
    fn get<'py>(
        &self,
        key: &Bound<'py, PyAny>,
        default: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.mapping(key.py())?.call_method1("get", (key, default))
    }

    fn keys<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.mapping(py)?.call_method0("keys")
    }

    fn values<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.mapping(py)?.call_method0("values")
    }

    fn items<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.mapping(py)?.call_method0("items")
    }

    /// The kind only: contents may be credentials.
    fn __repr__(&self) -> String {
        format!("<fgruntime {} event>", self.event.kind().name())
    }
}

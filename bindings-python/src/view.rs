//! Objects inside events, and what all attributes of events are.

use crate::access::{self, Access};
use crate::build;
use crate::event::Event;
use crate::map::TextMap;
use fgruntime_core::event::field::{FieldKind, Table};
use fgruntime_core::event::{Event as CoreEvent, Fields, SetError};
use pyo3::exceptions::{PyAttributeError, PyIndexError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyDict, PyList};

/// An object inside an event; false if the event does not have it.
#[pyclass(frozen, module = "fgruntime")]
pub(crate) struct View(Place);

/// Where something is in an event.
pub(crate) struct Place {
    pub(crate) owner: Py<Event>,
    /// As for [`CoreEvent::object_at`].
    pub(crate) path: Vec<usize>,
    pub(crate) table: &'static Table,
}

#[pymethods]
impl View {
    fn to_json(&self, py: Python<'_>) -> String {
        self.0.read(py, |fields| fields.map(Fields::to_json)).unwrap_or_default()
    }

    fn __bool__(&self, py: Python<'_>) -> bool {
        self.0.read(py, |fields| fields.is_some())
    }

    fn __getattr__<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        self.0.get(py, name)
    }

    fn __setattr__(&self, name: &str, value: &Bound<'_, PyAny>) -> PyResult<()> {
        self.0.set(name, value)
    }

    fn __dir__(&self) -> Vec<String> {
        names(self.0.table)
    }

    /// No contents: they may be credentials.
    fn __repr__(&self) -> String {
        format!("<fgruntime.{}>", self.0.table.name)
    }
}

/// The names of a table's fields.
pub(crate) fn names(table: &'static Table) -> Vec<String> {
    table.fields.iter().filter(|field| !field.moved).map(fgruntime_core::event::field::Field::name).collect()
}

impl Place {
    fn read<T>(&self, py: Python<'_>, read: impl FnOnce(Option<Fields<'_>>) -> T) -> T {
        read(self.owner.borrow(py).core().object_at(&self.path))
    }

    fn down(&self, py: Python<'_>, steps: &[usize], table: &'static Table) -> Self {
        Self { owner: self.owner.clone_ref(py), path: [&self.path, steps].concat(), table }
    }

    /// The attribute `name`.
    pub(crate) fn get<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        let access = access::find(self.table, name).ok_or_else(|| self.no_attribute(name))?;
        self.give(py, access)
    }

    /// What an attribute gives.
    pub(crate) fn give<'py>(&self, py: Python<'py>, access: Access) -> PyResult<Bound<'py, PyAny>> {
        match access {
            Access::Field(row) => self.field(py, row),
            Access::EpochMs(row) => {
                Ok(self.read(py, |fields| fields?.epoch_ms(row)).into_pyobject(py)?.into_any())
            }
            Access::Digits(row) => self.text(py, row),
            Access::Raw(row) => {
                let bytes = self.read(py, |fields| Some(PyBytes::new(py, fields?.decoded(row)?)));
                Ok(bytes.unwrap_or_else(|| PyBytes::new(py, &[])).into_any())
            }
            Access::Fields(row) => self.view(py, &[row], row),
            Access::Extra(extra) => {
                Ok(self.read(py, |fields| extra.text(fields?)).into_pyobject(py)?.into_any())
            }
        }
    }

    fn no_attribute(&self, name: &str) -> PyErr {
        PyAttributeError::new_err(format!("'{}' has no attribute '{name}'", self.table.name))
    }

    fn text<'py>(&self, py: Python<'py>, row: usize) -> PyResult<Bound<'py, PyAny>> {
        self.read(py, |fields| Ok(fields.and_then(|fields| fields.text(row)).into_pyobject(py)?.into_any()))
    }

    fn view<'py>(&self, py: Python<'py>, steps: &[usize], row: usize) -> PyResult<Bound<'py, PyAny>> {
        let table = self.table.fields[row].kind.table().unwrap_or(self.table);
        Ok(View(self.down(py, steps, table)).into_pyobject(py)?.into_any())
    }

    fn field<'py>(&self, py: Python<'py>, row: usize) -> PyResult<Bound<'py, PyAny>> {
        match self.table.fields[row].kind {
            FieldKind::Text
            | FieldKind::JsonText(_)
            | FieldKind::Base64(_)
            | FieldKind::Base64Json(_)
            | FieldKind::Time(_) => self.text(py, row),
            FieldKind::Boolean => {
                let value = self.read(py, |fields| fields?.boolean(row)).unwrap_or(false);
                Ok(PyBool::new(py, value).to_owned().into_any())
            }
            FieldKind::Number => {
                Ok(self.read(py, |fields| fields?.integer(row)).into_pyobject(py)?.into_any())
            }
            FieldKind::Any(_) => {
                let json = self
                    .read(py, |fields| Some(bytes::Bytes::copy_from_slice(fields?.json(row)?.as_bytes())));
                build::from_json(py, json.unwrap_or_default())
            }
            FieldKind::Map => {
                Ok(TextMap::new(self.down(py, &[row], self.table)).into_pyobject(py)?.into_any())
            }
            FieldKind::Texts => self.read(py, |fields| {
                let texts = fields.into_iter().flat_map(|fields| fields.texts(row));
                Ok(PyList::new(py, texts.map(Option::unwrap_or_default).collect::<Vec<_>>())?.into_any())
            }),
            FieldKind::Object(_) => self.view(py, &[row], row),
            FieldKind::List(_) => {
                let count = self.read(py, |fields| fields.map_or(0, |fields| fields.elements(row).len()));
                let views = (0..count).map(|index| self.view(py, &[row, index], row));
                Ok(PyList::new(py, views.collect::<PyResult<Vec<_>>>()?)?.into_any())
            }
        }
    }

    /// Sets the attribute `name`; objects take dicts, lists of them lists of dicts.
    pub(crate) fn set(&self, name: &str, value: &Bound<'_, PyAny>) -> PyResult<()> {
        let py = value.py();
        let Some(Access::Field(row)) = access::find(self.table, name) else {
            return Err(self.no_attribute(name));
        };
        let path = [&self.path[..], &[row]].concat();
        match self.table.fields[row].kind {
            FieldKind::Object(table) => self.down(py, &[row], table).set_all(value),
            FieldKind::List(table) => {
                for (index, element) in value.try_iter()?.enumerate() {
                    self.down(py, &[row, index], table).set_all(&element?)?;
                }
                Ok(())
            }
            kind => set_field(self.owner.borrow_mut(py).change(), &path, kind, value),
        }
    }

    fn set_all(&self, values: &Bound<'_, PyAny>) -> PyResult<()> {
        let values = values.cast::<PyDict>().map_err(|_| {
            PyTypeError::new_err(format!("'{}' is set to a dict of its attributes", self.table.name))
        })?;
        values.iter().try_for_each(|(name, value)| self.set(&name.extract::<String>()?, &value))
    }
}

fn set_field(
    event: &mut CoreEvent,
    path: &[usize],
    kind: FieldKind,
    value: &Bound<'_, PyAny>,
) -> PyResult<()> {
    let result = match kind {
        FieldKind::Boolean => event.set_boolean(path, value.extract()?),
        FieldKind::Number => event.set_number(path, value.extract()?),
        FieldKind::Time(format) if format.is_number() => event.set_number(path, value.extract()?),
        FieldKind::Any(_) => {
            let json: String = value.py().import("json")?.call_method1("dumps", (value,))?.extract()?;
            event.set_json(path, &json)
        }
        FieldKind::Texts => event.set_texts(path, value.extract::<Vec<String>>()?),
        FieldKind::Map => return set_map(event, path, value),
        _ => event.set_text(path, value.extract::<String>()?),
    };
    result.map_err(|error| set_error(&error))
}

/// A dict of names, each with a text or several.
fn set_map(event: &mut CoreEvent, path: &[usize], value: &Bound<'_, PyAny>) -> PyResult<()> {
    for (name, texts) in value.cast::<PyDict>()? {
        let texts = match texts.extract::<String>() {
            Ok(text) => vec![text],
            Err(_) => texts.extract()?,
        };
        event.set_map_entry(path, &name.extract::<String>()?, texts).map_err(|error| set_error(&error))?;
    }
    Ok(())
}

fn set_error(error: &SetError) -> PyErr {
    match error {
        SetError::BeyondEnd { .. } => PyIndexError::new_err(error.to_string()),
        _ => PyValueError::new_err(error.to_string()),
    }
}

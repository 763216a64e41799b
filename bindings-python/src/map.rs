//! Headers and parameters.

use crate::view::Place;
use fgruntime_core::event::TextMap as CoreMap;
use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;
use pyo3::types::{PyIterator, PyList, PyString};

/// Names in document order, each with one or several texts; look-ups ignore case.
#[pyclass(frozen, mapping, module = "fgruntime")]
pub(crate) struct TextMap(Place);

impl TextMap {
    /// The map whose row is the last step of the path.
    pub(crate) fn new(place: Place) -> Self {
        Self(place)
    }

    fn read<T>(&self, py: Python<'_>, read: impl FnOnce(CoreMap<'_>) -> T) -> T {
        let owner = self.0.owner.borrow(py);
        let map = owner.core().find(&self.0.path).map(|(fields, row)| fields.map(row));
        read(map.unwrap_or_default())
    }

    fn find<'py>(&self, py: Python<'py>, name: &str) -> Option<Bound<'py, PyString>> {
        self.read(py, |map| map.get(name).map(|text| PyString::new(py, text)))
    }

    fn names(&self, py: Python<'_>) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        self.read(py, |map| {
            for (name, _) in map.iter() {
                // The texts of one name follow each other.
                if names.last().is_none_or(|last| last != name) {
                    names.push(name.to_owned());
                }
            }
        });
        names
    }
}

#[pymethods]
impl TextMap {
    #[pyo3(signature = (name, default=None))]
    fn get<'py>(&self, py: Python<'py>, name: &str, default: Option<Bound<'py, PyAny>>) -> Bound<'py, PyAny> {
        match self.find(py, name) {
            Some(text) => text.into_any(),
            None => default.unwrap_or_else(|| py.None().into_bound(py)),
        }
    }

    fn get_all<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyList>> {
        self.read(py, |map| PyList::new(py, map.get_all(name).collect::<Vec<_>>()))
    }

    fn items<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        self.read(py, |map| PyList::new(py, map.iter().collect::<Vec<_>>()))
    }

    fn keys(&self, py: Python<'_>) -> Vec<String> {
        self.names(py)
    }

    fn __getitem__<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyString>> {
        self.find(py, name).ok_or_else(|| PyKeyError::new_err(name.to_owned()))
    }

    fn __contains__(&self, name: &Bound<'_, PyAny>) -> bool {
        name.extract::<String>().is_ok_and(|text| self.find(name.py(), &text).is_some())
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyIterator>> {
        self.names(py).into_pyobject(py)?.try_iter()
    }

    fn __len__(&self, py: Python<'_>) -> usize {
        self.names(py).len()
    }

    /// Names only: values may be credentials.
    fn __repr__(&self, py: Python<'_>) -> String {
        format!("<fgruntime.TextMap {:?}>", self.names(py))
    }
}

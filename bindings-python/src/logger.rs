//! Loggers, as handlers use them.

use fgruntime_core::logging::{Level, Logger as CoreLogger};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

/// Writes records that carry their request.
#[pyclass(frozen, module = "fgruntime")]
pub(crate) struct Logger(pub(crate) CoreLogger);

impl Logger {
    fn write(&self, py: Python<'_>, level: Option<Level>, text: &str) {
        // Somebody may read the other end slowly.
        py.detach(|| match level {
            None => self.0.log(text),
            Some(Level::Debug) => self.0.debug(text),
            Some(Level::Info) => self.0.info(text),
            Some(Level::Warn) => self.0.warn(text),
            Some(Level::Error) => self.0.error(text),
        });
    }

    fn format(&self, level: Level, message: &Bound<'_, PyAny>, args: &Bound<'_, PyTuple>) -> PyResult<()> {
        if !self.0.enabled(level) {
            return Ok(());
        }
        let text = message.str()?;
        let text = if args.is_empty() { text.into_any() } else { text.call_method1("__mod__", (args,))? };
        self.write(message.py(), Some(level), &lossy(&text)?);
        Ok(())
    }
}

/// A text of Python's, which may have halves of surrogate pairs: they become U+FFFD.
pub(crate) fn lossy(text: &Bound<'_, PyAny>) -> PyResult<String> {
    if let Ok(text) = text.extract::<String>() {
        return Ok(text);
    }
    let encoded = text.call_method1("encode", ("utf-16-le", "surrogatepass"))?;
    encoded.call_method1("decode", ("utf-16-le", "replace"))?.extract()
}

#[pymethods]
impl Logger {
    /// Writes one record of a level, or of none.
    fn log(&self, py: Python<'_>, level: Option<&str>, message: &Bound<'_, PyAny>) -> PyResult<()> {
        let text = lossy(&message.str()?.into_any())?;
        self.write(py, level.and_then(|level| level.parse().ok()), &text);
        Ok(())
    }

    /// Whether a record of this level would be written.
    fn is_enabled(&self, level: Option<&str>) -> bool {
        level.and_then(|level| level.parse().ok()).is_none_or(|level| self.0.enabled(level))
    }

    /// Sets the lowest level that is written; false, and nothing is changed, if there is no such level.
    fn set_level(&self, level: &str) -> bool {
        let level = level.parse();
        if let Ok(level) = level {
            self.0.set_level(level);
        }
        level.is_ok()
    }

    #[pyo3(signature = (message, *args))]
    fn debug(&self, message: &Bound<'_, PyAny>, args: &Bound<'_, PyTuple>) -> PyResult<()> {
        self.format(Level::Debug, message, args)
    }

    #[pyo3(signature = (message, *args))]
    fn info(&self, message: &Bound<'_, PyAny>, args: &Bound<'_, PyTuple>) -> PyResult<()> {
        self.format(Level::Info, message, args)
    }

    #[pyo3(signature = (message, *args))]
    fn warn(&self, message: &Bound<'_, PyAny>, args: &Bound<'_, PyTuple>) -> PyResult<()> {
        self.format(Level::Warn, message, args)
    }

    #[pyo3(signature = (message, *args))]
    fn warning(&self, message: &Bound<'_, PyAny>, args: &Bound<'_, PyTuple>) -> PyResult<()> {
        self.format(Level::Warn, message, args)
    }

    #[pyo3(signature = (message, *args))]
    fn error(&self, message: &Bound<'_, PyAny>, args: &Bound<'_, PyTuple>) -> PyResult<()> {
        self.format(Level::Error, message, args)
    }

    /// The documented name; a level that is none is ignored, as by the platform's own logger.
    #[pyo3(name = "setLevel")]
    fn set_level_documented(&self, level: &str) {
        self.set_level(level);
    }
}

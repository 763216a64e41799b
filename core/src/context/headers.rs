//! The headers that came with an invocation.

use std::sync::Arc;

/// Header names and values in order of arrival. Look-ups ignore case: the platform's own documents write `X-Cff-` and
/// `X-CFF-` for the same header. Copies share what they hold.
#[derive(Clone, Default)]
pub struct Headers(Arc<Vec<(String, String)>>);

impl Headers {
    /// The first value of `name`, ignoring ASCII case.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.get_all(name).next()
    }

    /// All values of `name`, ignoring ASCII case.
    pub fn get_all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0
            .iter()
            .filter(move |(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Adds a header.
    pub fn append(&mut self, name: impl Into<String>, value: impl Into<String>) {
        Arc::make_mut(&mut self.0).push((name.into(), value.into()));
    }

    /// Every header with its value, in order of arrival.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// Names only: values may be credentials.
impl std::fmt::Debug for Headers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.iter().map(|(name, _)| name)).finish()
    }
}

//! The headers that came with an invocation.

use std::sync::Arc;

/// Header names and values in order of arrival. Look-ups ignore case: the platform's own documents write `X-Cff-` and
/// `X-CFF-` for the same header. Copies share what they hold.
#[derive(Clone, Default)]
pub struct Headers(Arc<Texts>);

/// One text for all of them, because every invocation has its own.
#[derive(Clone, Default)]
struct Texts {
    text: String,
    ends: Vec<Ends>,
}

/// Where a header's name and its value end in the text; the one before ends where it begins.
#[derive(Clone, Copy)]
struct Ends {
    name: usize,
    value: usize,
}

impl Headers {
    /// None yet, with room for so many, and for so many bytes of names and values.
    pub(crate) fn with_capacity(count: usize, bytes: usize) -> Self {
        Self(Arc::new(Texts { text: String::with_capacity(bytes), ends: Vec::with_capacity(count) }))
    }

    /// The first value of `name`, ignoring ASCII case.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.get_all(name).next()
    }

    /// All values of `name`, ignoring ASCII case.
    pub fn get_all(&self, name: &str) -> impl Iterator<Item = &str> {
        let Texts { text, ends } = &*self.0;
        let mut start = 0;
        ends.iter().filter_map(move |ends| {
            let known = start..ends.name;
            start = ends.value;
            // Most names differ in their lengths, which is told fastest.
            let is_it =
                known.len() == name.len() && text.as_bytes()[known].eq_ignore_ascii_case(name.as_bytes());
            is_it.then(|| &text[ends.name..ends.value])
        })
    }

    /// Adds a header as it came; what is no UTF-8 in its value is replaced.
    pub(crate) fn append_bytes(&mut self, name: &str, value: &[u8]) {
        match std::str::from_utf8(value) {
            Ok(value) => self.append(name, value),
            Err(_) => self.append(name, String::from_utf8_lossy(value)),
        }
    }

    /// Adds a header.
    pub fn append(&mut self, name: impl AsRef<str>, value: impl AsRef<str>) {
        let Texts { text, ends } = Arc::make_mut(&mut self.0);
        text.push_str(name.as_ref());
        let name = text.len();
        text.push_str(value.as_ref());
        ends.push(Ends { name, value: text.len() });
    }

    /// Every header with its value, in order of arrival.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let mut start = 0;
        self.0.ends.iter().map(move |ends| {
            let header = (&self.0.text[start..ends.name], &self.0.text[ends.name..ends.value]);
            start = ends.value;
            header
        })
    }
}

/// Names only: values may be credentials.
impl std::fmt::Debug for Headers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.iter().map(|(name, _)| name)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_come_as_they_were_added() {
        let mut headers = Headers::with_capacity(1, 4);
        let all = [("X-Ä", "ü"), ("", ""), ("x-ä", ""), ("Empty", ""), ("empty", "not")];
        all.iter().for_each(|(name, value)| headers.append(name, value));
        assert!(headers.iter().eq(all));
        assert_eq!((headers.get("EMPTY"), headers.get(""), headers.get("none")), (Some(""), Some(""), None));
        assert!(headers.get_all("Empty").eq(["", "not"]));
        let mut copy = headers.clone();
        copy.append("more", "m");
        assert_eq!((copy.get("more"), headers.get("more")), (Some("m"), None));
    }
}

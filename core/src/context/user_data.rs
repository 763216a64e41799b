//! The user's own variables, some of which the platform keeps encrypted.

use crate::event::Limits;
use crate::json::{Document, Value, ValueKind};
use crate::variables::Variables;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

/// The user's own variables by name.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct UserData(BTreeMap<String, String>);

impl UserData {
    /// The value of `key`.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }

    /// Sets a variable, for tests.
    pub fn insert(&mut self, key: impl Into<String>, value: impl Into<String>) {
        self.0.insert(key.into(), value.into());
    }

    /// Every variable, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// Reads `RUNTIME_USERDATA`, a JSON object, and adds `ENV_DELEGATE_DECRYPT`, which was seen in sources only: an
    /// object whose members `environment` and `encrypted_user_data` are the text of such objects.
    pub(super) fn read(variables: &mut Variables<'_>) -> Self {
        let mut data = Self::default();
        let user_data = variables.text("RUNTIME_USERDATA", "{}");
        data.add("RUNTIME_USERDATA", &user_data, variables);
        if let Some(delegated) = variables.optional("ENV_DELEGATE_DECRYPT") {
            data.add_delegated(&delegated, variables);
        }
        data
    }

    fn add_delegated(&mut self, delegated: &str, variables: &mut Variables<'_>) {
        let document = Document::parse(delegated.into(), Limits::default().max_depth);
        let root = document.as_ref().ok().and_then(Document::root);
        let Some(root) = root.filter(|root| root.kind() == ValueKind::Object) else {
            return variables.warn(refusal("ENV_DELEGATE_DECRYPT"));
        };
        for part in ["environment", "encrypted_user_data"] {
            let json = root.member(part).map(Value::decoded).unwrap_or_default();
            if !json.is_empty() {
                self.add(&format!("ENV_DELEGATE_DECRYPT ({part})"), &json, variables);
            }
        }
    }

    fn add(&mut self, variable: &str, json: &str, variables: &mut Variables<'_>) {
        let document = Document::parse(json.into(), Limits::default().max_depth);
        let root = document.as_ref().ok().and_then(Document::root);
        match root.map(|root| (root.kind(), root)) {
            Some((ValueKind::Null, _)) => {}
            Some((ValueKind::Object, root)) => self.add_members(variable, root, variables),
            _ => variables.warn(refusal(variable)),
        }
    }

    fn add_members(&mut self, variable: &str, object: Value<'_>, variables: &mut Variables<'_>) {
        for (name, value) in object.members() {
            let key = name.decoded();
            let text = value.text().map_or_else(|| value.to_compact(), Cow::into_owned);
            if value.kind() != ValueKind::String {
                variables.warn(format!("{variable}: the value of {key:?} is not a string; using its JSON"));
            }
            self.insert(key, text);
        }
    }
}

/// User data may hold passwords: the warning does not show it.
fn refusal(variable: &str) -> String {
    format!("{variable} is not a JSON object of strings (value not shown); using no user data from it")
}

/// Names only: values may be passwords.
impl fmt::Debug for UserData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(user_data: &str, delegated: &str) -> (UserData, Vec<String>) {
        let look_up = |name: &str| match name {
            "RUNTIME_USERDATA" => Some(user_data.to_owned()),
            "ENV_DELEGATE_DECRYPT" => Some(delegated.to_owned()),
            _ => None,
        };
        let mut variables = Variables::new(&look_up);
        let data = UserData::read(&mut variables);
        (data, variables.into_warnings())
    }

    #[test]
    fn reads_strings_and_keeps_other_scalars_as_text() {
        let (data, warnings) = read(r#"{"a":"1","b":2.50,"c":null,"d":"\ud800","e":1e400}"#, "");
        let expected = [("a", "1"), ("b", "2.50"), ("c", "null"), ("d", "\u{FFFD}"), ("e", "1e400")];
        assert_eq!(data.iter().collect::<Vec<_>>(), expected);
        assert_eq!(warnings.len(), 3);
    }

    #[test]
    fn adds_what_the_platform_decrypted() {
        let (data, warnings) =
            read("null", r#"{"environment":"{\"a\":\"1\"}","encrypted_user_data":"{\"b\":\"2\"}"}"#);
        assert_eq!((data.get("a"), data.get("b"), data.get("c")), (Some("1"), Some("2"), None));
        assert!(warnings.is_empty(), "{warnings:?}");
        let (data, warnings) = read("{}", r#"{"environment":{"a":"1"},"version":1}"#);
        assert_eq!((data.get("a"), warnings.len()), (Some("1"), 0));
    }

    #[test]
    fn broken_user_data_is_not_shown() {
        let (data, warnings) = read(r#"{"password":"hunter2"#, r#"["hunter2"]"#);
        assert_eq!(data, UserData::default());
        assert_eq!(warnings.len(), 2);
        assert!(!warnings.concat().contains("hunter2"), "{warnings:?}");
        assert!(!format!("{:?}", read(r#"{"k":"hunter2"}"#, "").0).contains("hunter2"));
    }
}

//! The user's own variables, some of which the platform keeps encrypted.

use crate::variables::Variables;
use serde_json::Value;
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
        let Some(delegated) = variables.optional("ENV_DELEGATE_DECRYPT") else { return data };
        match serde_json::from_str::<BTreeMap<String, String>>(&delegated) {
            Ok(parts) => {
                for part in ["environment", "encrypted_user_data"] {
                    let json = parts.get(part).map_or("", String::as_str);
                    if !json.is_empty() {
                        data.add(&format!("ENV_DELEGATE_DECRYPT ({part})"), json, variables);
                    }
                }
            }
            Err(error) => variables.warn(refusal("ENV_DELEGATE_DECRYPT", &error)),
        }
        data
    }

    fn add(&mut self, variable: &str, json: &str, variables: &mut Variables<'_>) {
        let members = match serde_json::from_str::<Value>(json) {
            Ok(Value::Object(members)) => members,
            Ok(Value::Null) => return,
            Ok(_) => {
                return variables
                    .warn(format!("{variable} is not a JSON object; using no user data from it"));
            }
            Err(error) => return variables.warn(refusal(variable, &error)),
        };
        for (key, value) in members {
            let text = match value {
                Value::String(text) => text,
                other => {
                    variables
                        .warn(format!("{variable}: the value of {key:?} is not a string; using its JSON"));
                    other.to_string()
                }
            };
            self.insert(key, text);
        }
    }
}

/// User data may hold passwords: the warning tells where it is broken, not what it says.
fn refusal(variable: &str, error: &serde_json::Error) -> String {
    let (line, column) = (error.line(), error.column());
    format!(
        "{variable} is not a JSON object of strings (line {line}, column {column}; value not shown); using none"
    )
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
        let (data, warnings) = read(r#"{"a":"1","b":2,"c":null}"#, "");
        assert_eq!(data.iter().collect::<Vec<_>>(), [("a", "1"), ("b", "2"), ("c", "null")]);
        assert_eq!(warnings.len(), 2);
    }

    #[test]
    fn adds_what_the_platform_decrypted() {
        let (data, warnings) =
            read("null", r#"{"environment":"{\"a\":\"1\"}","encrypted_user_data":"{\"b\":\"2\"}"}"#);
        assert_eq!((data.get("a"), data.get("b"), data.get("c")), (Some("1"), Some("2"), None));
        assert!(warnings.is_empty(), "{warnings:?}");
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

//! `--set path=value`: changing one value of an event.

use serde_json::{Map, Value};

/// Why a `--set` cannot be read or applied.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SetError {
    /// There is no `=` after the path.
    #[error("expected path=value, for example --set queryStringParameters.name=Ada")]
    NoValue,
    /// The path is empty or has two dots in a row.
    #[error("the path has an empty part; write \\. for a dot inside a name")]
    EmptyPart,
    /// The event has a number, text or truth value where the path needs an object or array.
    #[error("--set {path}: '{at}' is {found}, nothing can be set inside it")]
    ThroughScalar {
        /// The whole path.
        path: String,
        /// The part of the path that holds the scalar.
        at: String,
        /// What is there.
        found: &'static str,
    },
    /// The event has an array where the path has no usable index.
    #[error(
        "--set {path}: '{at}' is an array of {length}; use an index from 0 to {length} ({length} appends)"
    )]
    BadIndex {
        /// The whole path.
        path: String,
        /// The part of the path that holds the array.
        at: String,
        /// How many elements the array has.
        length: usize,
    },
}

/// One `path=value`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Assignment {
    path: Vec<String>,
    value: Value,
}

impl Assignment {
    /// Reads `path=value`. Dots separate, a backslash takes the next character literally; the value is JSON if it
    /// parses as JSON, else text.
    pub(crate) fn parse(text: &str) -> Result<Self, SetError> {
        let (path, value) = split(text)?;
        if path.iter().any(String::is_empty) {
            return Err(SetError::EmptyPart);
        }
        let value = serde_json::from_str(value).unwrap_or_else(|_| Value::from(value));
        Ok(Self { path, value })
    }

    /// Changes `event`. What is missing on the way is created as objects; `null` counts as missing.
    pub(crate) fn apply(&self, event: &mut Value) -> Result<(), SetError> {
        let mut place = event;
        for depth in 0..self.path.len() {
            place = self.step(place, depth)?;
        }
        *place = self.value.clone();
        Ok(())
    }

    /// The place that part number `depth` of the path names inside `place`.
    fn step<'v>(&self, place: &'v mut Value, depth: usize) -> Result<&'v mut Value, SetError> {
        if place.is_null() {
            *place = Value::Object(Map::new());
        }
        let found = type_name(place);
        match place {
            Value::Object(object) => Ok(object.entry(self.path[depth].as_str()).or_insert(Value::Null)),
            Value::Array(array) => self.step_into_array(array, depth),
            _ => {
                Err(SetError::ThroughScalar { path: self.name(self.path.len()), at: self.name(depth), found })
            }
        }
    }

    fn step_into_array<'v>(
        &self,
        array: &'v mut Vec<Value>,
        depth: usize,
    ) -> Result<&'v mut Value, SetError> {
        let length = array.len();
        let bad_index =
            || SetError::BadIndex { path: self.name(self.path.len()), at: self.name(depth), length };
        let index: usize = self.path[depth].parse().map_err(|_| bad_index())?;
        if index == length {
            array.push(Value::Null);
        }
        array.get_mut(index).ok_or_else(bad_index)
    }

    /// The first `parts` parts of the path, for messages.
    fn name(&self, parts: usize) -> String {
        match parts {
            0 => "the event itself".to_owned(),
            _ => self.path[..parts].iter().map(|part| part.replace('.', "\\.")).collect::<Vec<_>>().join("."),
        }
    }
}

/// Splits at the dots of the path and the first `=`, minding backslashes.
fn split(text: &str) -> Result<(Vec<String>, &str), SetError> {
    let mut path = vec![];
    let mut part = String::new();
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '\\' => part.extend(characters.next().map(|(_, literal)| literal)),
            '.' => path.push(std::mem::take(&mut part)),
            '=' => {
                path.push(part);
                return Ok((path, &text[at + 1..]));
            }
            _ => part.push(character),
        }
    }
    Err(SetError::NoValue)
}

fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn set(mut event: Value, text: &str) -> Result<Value, String> {
        let assignment = Assignment::parse(text).map_err(|error| error.to_string())?;
        assignment.apply(&mut event).map_err(|error| error.to_string())?;
        Ok(event)
    }

    #[test]
    fn values_are_json_if_they_parse_else_text() {
        assert_eq!(set(json!({}), "a=1").unwrap(), json!({"a": 1}));
        assert_eq!(set(json!({}), "a=[true]").unwrap(), json!({"a": [true]}));
        assert_eq!(set(json!({}), "a=plain text").unwrap(), json!({"a": "plain text"}));
        assert_eq!(set(json!({}), "a=\"1\"").unwrap(), json!({"a": "1"}));
        assert_eq!(set(json!({}), "a=").unwrap(), json!({"a": ""}));
        assert_eq!(set(json!({}), "a=b=c").unwrap(), json!({"a": "b=c"}));
    }

    #[test]
    fn missing_objects_are_created() {
        assert_eq!(set(json!({"x": 1}), "a.b.c=2").unwrap(), json!({"x": 1, "a": {"b": {"c": 2}}}));
        assert_eq!(set(json!({"a": null}), "a.0=2").unwrap(), json!({"a": {"0": 2}}));
    }

    #[test]
    fn existing_values_are_replaced_in_place() {
        let event = set(json!({"a": {"b": 1}, "c": 2}), "a.b=null").unwrap();
        assert_eq!(event.to_string(), r#"{"a":{"b":null},"c":2}"#);
    }

    #[test]
    fn backslash_takes_the_next_character_literally() {
        assert_eq!(set(json!({}), r"a\.b.c\=d\\e=1").unwrap(), json!({"a.b": {"c=d\\e": 1}}));
    }

    #[test]
    fn numbers_index_arrays_and_the_length_appends() {
        assert_eq!(set(json!({"a": [1, 2]}), "a.1=9").unwrap(), json!({"a": [1, 9]}));
        assert_eq!(set(json!([1]), "1.b=9").unwrap(), json!([1, {"b": 9}]));
    }

    #[test]
    fn a_bad_index_names_the_array_and_its_length() {
        for text in ["a.b.3=9", "a.b.x=9", "a.b.-1=9"] {
            let error = set(json!({"a": {"b": [1, 2]}}), text).unwrap_err();
            assert!(error.contains("'a.b' is an array of 2"), "{error}");
        }
    }

    #[test]
    fn setting_through_a_scalar_names_the_path() {
        let error = set(json!({"a": {"b.c": "text"}}), r"a.b\.c.d=9").unwrap_err();
        assert_eq!(error, r"--set a.b\.c.d: 'a.b\.c' is text, nothing can be set inside it");
        let error = set(json!(5), "a=9").unwrap_err();
        assert!(error.contains("'the event itself' is a number"), "{error}");
    }

    #[test]
    fn malformed_assignments_say_what_is_missing() {
        assert!(set(json!({}), "a.b").unwrap_err().contains("path=value"));
        assert!(set(json!({}), "=1").unwrap_err().contains("empty part"));
        assert!(set(json!({}), "a..b=1").unwrap_err().contains("empty part"));
    }
}

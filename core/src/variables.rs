//! Reading environment variables: a default and a warning for what is unset or invalid, never a failure.

use std::fmt::Display;

/// Environment variables behind a look-up, with the warnings that reading them gave.
pub(crate) struct Variables<'a> {
    look_up: &'a dyn Fn(&str) -> Option<String>,
    warnings: Vec<String>,
    expects_all: bool,
}

impl<'a> Variables<'a> {
    pub(crate) fn new(look_up: &'a dyn Fn(&str) -> Option<String>) -> Self {
        Self { look_up, warnings: Vec::new(), expects_all: true }
    }

    /// Gives no warning of variables that are unset: nobody sets them where the function runs without the platform.
    pub(crate) fn expect_none(&mut self) {
        self.expects_all = false;
    }

    /// One sentence for each variable that was unset or invalid, with the value unless it may be a credential.
    pub(crate) fn into_warnings(self) -> Vec<String> {
        self.warnings
    }

    /// A variable that need not be there; empty is as good as unset.
    pub(crate) fn optional(&self, name: &str) -> Option<String> {
        (self.look_up)(name).filter(|value| !value.is_empty())
    }

    /// A text that the platform always sets.
    pub(crate) fn text(&mut self, name: &str, default: &str) -> String {
        self.optional(name).unwrap_or_else(|| {
            self.warn_unset(name, &format!("{default:?}"));
            default.to_owned()
        })
    }

    /// A positive whole number that the platform always sets.
    pub(crate) fn number(&mut self, name: &str, default: u32, unit: &str) -> u32 {
        let read = self.optional_number(name, default, unit);
        if read.is_none() {
            self.warn_unset(name, &format!("{default} {unit}"));
        }
        read.unwrap_or(default)
    }

    /// A positive whole number that need not be there; invalid reads as the default.
    pub(crate) fn optional_number(&mut self, name: &str, default: u32, unit: &str) -> Option<u32> {
        let value = self.optional(name)?;
        let number = value.trim().parse().ok().filter(|&number| number > 0);
        if number.is_none() {
            self.warn_invalid(name, &value, "a positive whole number", format_args!("{default} {unit}"));
        }
        Some(number.unwrap_or(default))
    }

    /// A switch: `1` is on; `0`, empty and unset are off.
    pub(crate) fn switch(&mut self, name: &str) -> bool {
        match self.optional(name).as_deref() {
            Some("1") => true,
            None | Some("0") => false,
            Some(other) => {
                self.warn_invalid(name, other, "0 or 1", "0");
                false
            }
        }
    }

    pub(crate) fn warn_invalid(&mut self, name: &str, value: &str, expected: &str, instead: impl Display) {
        self.warnings.push(format!("{name} is {value:?}, which is not {expected}; using {instead}"));
    }

    /// For values that may hold credentials, which must not be shown.
    pub(crate) fn warn(&mut self, warning: String) {
        self.warnings.push(warning);
    }

    fn warn_unset(&mut self, name: &str, default: &str) {
        if self.expects_all {
            self.warnings.push(format!("{name} is not set; using {default}"));
        }
    }
}

/// The process's own environment. A value that is not UTF-8 is read with U+FFFD.
pub(crate) fn environment(name: &str) -> Option<String> {
    std::env::var_os(name).map(|value| value.to_string_lossy().into_owned())
}

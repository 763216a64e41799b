//! Every function that Node calls must say `catch_unwind`: a panic that leaves one ends the process, and napi-derive does not ask.

use crate::root;
use std::fs;

const SOURCES: &str = "bindings-node/src";

/// Looks through all sources of the native module.
pub(super) fn check() -> Result<(), String> {
    let entries = fs::read_dir(root().join(SOURCES)).map_err(|error| format!("{SOURCES}: {error}"))?;
    let mut found = Vec::new();
    let mut functions = 0;
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        let source = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let (all, unguarded) = unguarded(&source);
        functions += all;
        found.extend(
            unguarded
                .into_iter()
                .map(|line| format!("{SOURCES}/{file}:{line}: #[napi] without catch_unwind")),
        );
    }
    if functions == 0 {
        return Err(format!(
            "{SOURCES} has no function that Node calls: this check looks for the wrong thing"
        ));
    }
    if found.is_empty() { Ok(()) } else { Err(found.join("\n")) }
}

/// How many functions Node calls, and the lines of the attributes of those that do not catch panics.
fn unguarded(source: &str) -> (usize, Vec<usize>) {
    let (mut functions, mut found) = (0, Vec::new());
    let mut attribute = None;
    for (number, line) in source.lines().enumerate() {
        let line = line.trim_start();
        if line.starts_with("#[napi") {
            attribute = Some((number + 1, line.contains("catch_unwind")));
        } else if line.starts_with("pub fn ") {
            let Some((number, catches)) = attribute.take() else { continue };
            functions += 1;
            found.extend((!catches).then_some(number));
        } else if !line.starts_with("#[") && !line.starts_with("///") {
            attribute = None;
        }
    }
    (functions, found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unguarded_functions_are_found() {
        let source = "#[napi]\nimpl X {\n  #[napi(catch_unwind)]\n  pub fn a() {}\n\n  #[napi(getter)]\n  /// b\n  pub fn b() {}\n  pub fn c() {}\n}\n\
                      #[napi]\npub fn d() {}\n";
        assert_eq!(unguarded(source), (3, vec![6, 11]));
    }
}

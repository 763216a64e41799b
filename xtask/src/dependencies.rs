//! Every dependency of the workspace has its line of reason in docs/dependencies.md, and no line is left over.

use crate::read;
use std::collections::BTreeSet;

pub(crate) fn check() -> Result<(), String> {
    let (manifest, page) = (read("Cargo.toml")?, read("docs/dependencies.md")?);
    let (used, explained) = (used(&manifest), explained(&page));
    let list = |names: Vec<&&str>| names.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let missing: Vec<_> = used.difference(&explained).collect();
    if !missing.is_empty() {
        return Err(format!("docs/dependencies.md gives no reason for: {}", list(missing)));
    }
    let left_over: Vec<_> = explained.difference(&used).collect();
    if !left_over.is_empty() {
        return Err(format!("docs/dependencies.md names what Cargo.toml does not: {}", list(left_over)));
    }
    Ok(())
}

/// The names under `[workspace.dependencies]`, but for our own crates.
fn used(manifest: &str) -> BTreeSet<&str> {
    let section = manifest.split("[workspace.dependencies]\n").nth(1).unwrap_or_default();
    let lines = section.lines().take_while(|line| !line.starts_with('['));
    let names = lines.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(" = "));
    names.map(|(name, _)| name).filter(|name| !name.starts_with("fgruntime")).collect()
}

/// The names in the first column of the tables: "| `name` | reason |".
fn explained(page: &str) -> BTreeSet<&str> {
    page.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`')).map(|(name, _)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found() {
        let manifest = "[x]\na = 1\n[workspace.dependencies]\n# why\nb = \"1\"\nfgruntime-core = {}\nc-d = { e = 1 }\n\n[y]\nf = 1\n";
        assert_eq!(used(manifest), BTreeSet::from(["b", "c-d"]));
        assert_eq!(explained("| `b` | why |\n| crate | reason |\ntext `x`\n"), BTreeSet::from(["b"]));
    }
}

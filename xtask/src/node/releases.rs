//! Other releases of Node than the machine's: the oldest that is promised, and one that runs TypeScript.

use super::tests_of;
use crate::root;
use crate::step::{Count, check, node_test, succeed_quietly};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const RELEASES: [&str; 2] = ["18.20.8", "24.21.0"];
/// What depends on the core alone is not tested again.
const OF_THE_CORE: [&str; 3] = ["vectors.test.js", "event_lanes.test.js", "memory.test.js"];

/// Runs the tests on each release.
pub(super) fn run() -> Count {
    let mut count = Count::default();
    for release in RELEASES {
        let mut node = None;
        count.add(check(&format!("Node {release} is installed"), || {
            node = Some(install(release)?);
            Ok(())
        }));
        let Some(node) = node else { continue };
        let mut tests = tests_of(&node, |name| !OF_THE_CORE.contains(&name));
        count.add(node_test(&format!("Node tests on {release}"), &mut tests));
    }
    count
}

/// The program, from npm's package `node`.
fn install(release: &str) -> Result<PathBuf, String> {
    let folder = root().join("target/node").join(release);
    let node = folder.join("node_modules/node/bin/node");
    if runs(&node) {
        return Ok(node);
    }
    fs::create_dir_all(&folder).map_err(|error| format!("{} cannot be made: {error}", folder.display()))?;
    let mut npm = Command::new("npm");
    npm.args(["install", "--no-save", "--no-audit", "--no-fund", "--prefix"]).arg(&folder);
    succeed_quietly(npm.arg(format!("node@{release}")).current_dir(&folder))?;
    if runs(&node) { Ok(node) } else { Err(format!("npm has put no program at {}", node.display())) }
}

fn runs(node: &Path) -> bool {
    Command::new(node).arg("--version").output().is_ok_and(|output| output.status.success())
}

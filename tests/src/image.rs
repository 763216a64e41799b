//! The images of deploy/, built by buildah and started as FunctionGraph and Knative start them: as user 1003, with nothing to write to but /tmp.
//!
//! Base images cannot be had everywhere, so others stand in for them under their names: where something is compiled or Python runs, one with
//! this machine's own programs mounted into it; where a compiled program or Node runs, one with nothing but the libraries of the real one.

use crate::{FunctionProcess, fresh_folder, has_program, repository, skip, succeed, workspace_program};
use serde_json::Value;
use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

const AREA: &str = "tests-images";
/// The base images for which this machine's own programs stand in.
const WORKBENCHES: [&str; 5] = [
    "rust:1-slim-bookworm",
    "buildpack-deps:bookworm",
    "golang:1-bookworm",
    "python:3-slim-bookworm",
    "node:22-bookworm-slim",
];
/// Makes the image's folder read-only, mounts into it what is to be mounted, and becomes the function: the process that was started is the
/// function's own.
const START: &str = r#"
root=$1 folder=$2 mounts=$3
shift 3
mount --bind "$root" "$root"
for path in $mounts; do
    mkdir -p "$root$path"
    mount --rbind "$path" "$root$path"
done
mount -o remount,bind,ro "$root"
mount -t tmpfs tmpfs "$root/tmp"
exec unshare --root "$root" --wd "$folder" --setgid 1003 --setuid 1003 -- "$@"
"#;

/// An image of deploy/.
pub struct Image {
    root: PathBuf,
    mounts: Vec<PathBuf>,
    config: Value,
}

impl Image {
    /// What the image says of itself: `User`, `Env`, `Entrypoint`, …
    #[must_use]
    pub fn config(&self) -> &Value {
        &self.config
    }

    /// Starts the entry point with the image's variables and these.
    ///
    /// # Panics
    /// It cannot be started.
    #[must_use]
    pub fn start(&self, variables: &[(&str, &str)]) -> FunctionProcess {
        let mut command = Command::new("/usr/bin/unshare");
        command.args(["--mount", "/bin/sh", "-euc", START, "sh"]).arg(&self.root);
        command.arg(self.config["WorkingDir"].as_str().unwrap_or("/")).arg(words(&self.mounts));
        command.args(strings(&self.config["Entrypoint"])).env_clear();
        command.envs(strings(&self.config["Env"]).filter_map(|variable| variable.split_once('=')));
        FunctionProcess::spawn(command, variables)
    }
}

fn strings(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str)
}

fn words(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(" ")
}

/// Builds the image of that language; None, which is told, where that cannot be done.
///
/// # Panics
/// The Dockerfile is wrong, or what is needed is missing where nothing may be.
#[must_use]
pub fn image(language: &str) -> Option<Image> {
    static READY: OnceLock<bool> = OnceLock::new();
    if !READY.get_or_init(prepare) {
        return None;
    }
    let dockerfile = repository().join("deploy").join(language).join("Dockerfile");
    let name = format!("fgruntime-{language}");
    let mut build = buildah("build");
    build.args(["--quiet", "--isolation", "chroot", "--pull-never"]);
    for path in tools() {
        build.arg("--volume").arg(format!("{0}:{0}", path.display()));
    }
    succeed(build.arg("--file").arg(&dockerfile).args(["--tag", &name]).arg(repository()));
    let config: Value = serde_json::from_str(&succeed(buildah("inspect").args(["--type", "image", &name])))
        .expect("buildah tells of the image in JSON");
    let container = succeed(buildah("from").args(["--pull-never", &name]));
    let root = succeed(buildah("mount").arg(container.trim()));
    let text = fs::read_to_string(dockerfile).expect("the Dockerfile can be read");
    let base = text.lines().filter_map(|line| line.strip_prefix("FROM ")).next_back().unwrap_or_default();
    let mounts = if WORKBENCHES.contains(&base) { tools() } else { Vec::new() };
    Some(Image { root: root.trim().into(), mounts, config: config["OCIv1"]["config"].clone() })
}

fn buildah(subcommand: &str) -> Command {
    let folder = workspace_program("fgruntime-cli", AREA);
    let mut command = Command::new("buildah");
    // Of all drivers the one that leaves no mounts behind.
    command.args(["--storage-driver", "vfs", "--root"]).arg(folder.join("store"));
    command.arg("--runroot").arg(folder.join("run")).arg(subcommand);
    command
}

/// Makes everything that images are built from; false, which is told, where that cannot be done.
fn prepare() -> bool {
    let programs = ["buildah", "dpkg", "rustup", "go", "node", "npm", "python3"];
    if !programs.into_iter().all(has_program) {
        return false;
    }
    if !rustix::process::geteuid().is_root() {
        skip("only root can start images");
        return false;
    }
    make_packages();
    make_bases();
    true
}

/// What is copied into images from dist/; all of it before the first image, whose builder reads the whole folder.
fn make_packages() {
    let prefix = format!("PREFIX={}", repository().join("dist/c").display());
    for targets in [&["install", &prefix][..], &["go-sdk"], &["wheel"], &["npm"]] {
        let mut make = Command::new("make");
        make.arg("-C").arg(repository()).args(targets).env("CARGO", env!("CARGO"));
        // What `make test` was called with is not for this make.
        succeed(make.env_remove("MAKEFLAGS").env_remove("DESTDIR"));
    }
}

/// The images that stand in for base images.
fn make_bases() {
    for folder in ["store", "run"] {
        let _ = fresh_folder(AREA, folder);
    }
    commit(&skeleton("workbench"), &WORKBENCHES, &workbench_variables());
    commit(&skeleton("static"), &["gcr.io/distroless/static-debian12:nonroot"], &[]);
    let cc = skeleton("cc");
    place_libraries(&cc);
    commit(&cc, &["gcr.io/distroless/cc-debian12:nonroot"], &[]);
    let node = cc.join("nodejs/bin/node");
    fs::create_dir_all(node.parent().expect("a folder")).expect("a folder for Node");
    fs::copy(asked("node", &["-p", "process.execPath"]), node).expect("Node can be copied");
    commit(&cc, &["gcr.io/distroless/nodejs22-debian12:nonroot"], &[]);
}

/// That a workbench finds this machine's programs, and optimises less than what ships.
fn workbench_variables() -> Vec<String> {
    let path = std::env::var("PATH").unwrap_or_default();
    vec![
        format!(
            "PATH={}:{path}",
            prefixes().map(|prefix| prefix.join("bin").display().to_string()).join(":")
        ),
        format!("HOME={}", home().display()),
        format!("GOCACHE={}", asked("go", &["env", "GOCACHE"]).display()),
        "CARGO_PROFILE_RELEASE_LTO=off".to_owned(),
        "CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16".to_owned(),
    ]
}

/// What of this machine is mounted into a workbench, at its own place.
fn tools() -> Vec<PathBuf> {
    let cargo = std::env::var_os("CARGO_HOME").map_or_else(|| home().join(".cargo"), PathBuf::from);
    let rustup = std::env::var_os("RUSTUP_HOME").map_or_else(|| home().join(".rustup"), PathBuf::from);
    let mut paths = vec!["/usr".into(), "/etc/alternatives".into(), cargo, rustup];
    paths.push(asked("go", &["env", "GOCACHE"]));
    paths.extend(prefixes());
    paths.retain(|path: &PathBuf| path == Path::new("/usr") || !path.starts_with("/usr"));
    paths
}

/// The folders in whose `bin` the languages' programs are.
fn prefixes() -> [PathBuf; 3] {
    let node = asked("node", &["-p", "process.execPath"]);
    [
        asked("python3", &["-c", "import sys; print(sys.base_prefix)"]),
        asked("go", &["env", "GOROOT"]),
        node.ancestors().nth(2).unwrap_or(&node).to_owned(),
    ]
}

fn home() -> PathBuf {
    std::env::var_os("HOME").map_or_else(|| "/root".into(), PathBuf::from)
}

fn asked(program: &str, arguments: &[&str]) -> PathBuf {
    succeed(Command::new(program).args(arguments)).trim().into()
}

/// A root folder with nothing in it.
fn skeleton(name: &str) -> PathBuf {
    let folder = fresh_folder(AREA, name);
    for empty in ["usr", "etc", "tmp"] {
        fs::create_dir(folder.join(empty)).expect("a folder can be made");
    }
    fs::set_permissions(folder.join("tmp"), Permissions::from_mode(0o1777)).expect("/tmp is everybody's");
    for link in ["bin", "sbin", "lib", "lib64"] {
        symlink(format!("usr/{link}"), folder.join(link)).expect("a link can be made");
    }
    folder
}

/// The libraries that are in `distroless/cc`, from the Debian packages that they are from there too.
fn place_libraries(root: &Path) {
    let files = succeed(Command::new("dpkg").args(["--listfiles", "libc6", "libgcc-s1", "libstdc++6"]));
    for file in files.lines().filter(|file| file.contains("/lib") && file.contains(".so")) {
        let inside = file.trim_start_matches("/usr").trim_start_matches('/');
        if !Path::new(file).is_file() || inside.starts_with("share") {
            continue;
        }
        let place = root.join("usr").join(inside);
        fs::create_dir_all(place.parent().expect("a folder")).expect("a folder can be made");
        fs::copy(file, place).expect("a library can be copied");
    }
}

/// Makes a folder an image with these names and variables.
fn commit(folder: &Path, names: &[&str], variables: &[String]) {
    let container = succeed(buildah("from").arg("scratch"));
    let container = container.trim();
    succeed(buildah("add").args(["--quiet", container]).arg(folder).arg("/"));
    for variable in variables {
        succeed(buildah("config").args(["--env", variable, container]));
    }
    for name in names {
        let name = if name.contains('/') { (*name).to_owned() } else { format!("docker.io/library/{name}") };
        succeed(buildah("commit").args(["--quiet", container, &name]));
    }
}

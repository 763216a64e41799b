//! Node resolves its own symbols when it loads the module; some linkers have to be told.

fn main() {
    napi_build::setup();
}

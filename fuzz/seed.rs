//! Writes the inputs of the events' vectors into the corpus, a file each.

use serde_json::Value;
use std::path::Path;
use std::{fs, io};

fn main() -> io::Result<()> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let corpus = here.join("corpus/event");
    fs::create_dir_all(&corpus)?;
    let mut count = 0;
    for file in fs::read_dir(here.join("../tests/vectors/events"))? {
        let path = file?.path();
        let cases: Vec<Value> = serde_json::from_slice(&fs::read(&path)?)?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        // Other inputs are repeated texts and encoded bytes, which the fuzzer finds by itself.
        for (number, input) in cases.iter().filter_map(|case| case["input"].as_str()).enumerate() {
            fs::write(corpus.join(format!("{name}-{number}")), input)?;
            count += 1;
        }
    }
    println!("{count} inputs are in {}", corpus.display());
    Ok(())
}

//! What C programs answer to tests; `tests/c/frames.h` writes it.

use std::io::BufRead;

/// A name and its value; None is absent.
pub type Frame = (String, Option<Vec<u8>>);

/// Reads frames up to the one that is named `end`.
///
/// # Panics
/// There is no such frame, or what is there are no frames.
#[must_use]
pub fn read_frames(reader: &mut impl BufRead) -> Vec<Frame> {
    let mut frames = Vec::new();
    loop {
        let name = read_text(reader);
        let value = read_part(reader);
        match name.as_str() {
            "end" => return frames,
            "absent" => frames.push((String::from_utf8(value).expect("a name"), None)),
            _ => frames.push((name, Some(value))),
        }
    }
}

fn read_text(reader: &mut impl BufRead) -> String {
    String::from_utf8(read_part(reader)).expect("a name")
}

/// `LENGTH\n` and as many bytes.
fn read_part(reader: &mut impl BufRead) -> Vec<u8> {
    let mut length = String::new();
    reader.read_line(&mut length).expect("the program answers");
    let length = length.trim_end().parse();
    let mut part = vec![0; length.expect("a length: the program may have ended early")];
    reader.read_exact(&mut part).expect("as many bytes as the length says");
    part
}

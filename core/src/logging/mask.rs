//! Keeps the values of credentials out of whatever is written.

/// Shorter values would mask ordinary words.
const SHORTEST: usize = 8;
const MASKED: &str = "********";

/// The values to hide.
#[derive(Default)]
pub(super) struct Mask(Vec<String>);

impl Mask {
    pub(super) fn new(secrets: impl IntoIterator<Item = String>) -> Self {
        let mut secrets: Vec<String> =
            secrets.into_iter().filter(|secret| secret.len() >= SHORTEST).collect();
        // One value may contain another, which must not leave the rest of it standing.
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        Self(secrets)
    }

    pub(super) fn apply(&self, text: String) -> String {
        let hide = |text: String, secret: &String| {
            if text.contains(secret.as_str()) { text.replace(secret.as_str(), MASKED) } else { text }
        };
        self.0.iter().fold(text, hide)
    }
}

//! Keeps the values of credentials out of whatever is written.

/// Shorter values would mask ordinary words.
const SHORTEST: usize = 8;
const MASKED: &str = "********";

/// The values to hide.
#[derive(Default)]
pub(super) struct Mask(Vec<String>);

impl Mask {
    pub(super) fn new<'s>(secrets: impl Iterator<Item = &'s str>) -> Self {
        Self(secrets.filter(|secret| secret.len() >= SHORTEST).map(str::to_owned).collect())
    }

    pub(super) fn apply(&self, text: String) -> String {
        let mut places: Vec<(usize, usize)> =
            self.0.iter().flat_map(|secret| places_of(secret, &text)).collect();
        if places.is_empty() {
            return text;
        }
        places.sort_unstable();
        let mut masked = String::with_capacity(text.len());
        let mut shown = 0;
        for (start, end) in merged(places) {
            masked.push_str(&text[shown..start]);
            masked.push_str(MASKED);
            shown = end;
        }
        masked.push_str(&text[shown..]);
        masked
    }
}

/// Values may overlap or contain each other: what belongs together is hidden as one.
fn merged(places: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    let mut merged: Vec<(usize, usize)> = Vec::with_capacity(places.len());
    for (start, end) in places {
        match merged.last_mut() {
            Some(last) if start < last.1 => last.1 = last.1.max(end),
            _ => merged.push((start, end)),
        }
    }
    merged
}

/// Where `secret` stands in `text`, overlapping places included.
fn places_of<'t>(secret: &'t str, text: &'t str) -> impl Iterator<Item = (usize, usize)> + 't {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + text.get(from..)?.find(secret)?;
        from = start + text[start..].chars().next().map_or(1, char::len_utf8);
        Some((start, start + secret.len()))
    })
}

//! Ids for invocations.

use uuid::Uuid;

/// A random id, as the platform's are.
pub(crate) fn random() -> String {
    Uuid::new_v4().to_string()
}

/// The id of invocation number `index`, counted from 0, of a series whose first has the id `first`.
pub(crate) fn numbered(first: &str, index: u32) -> String {
    if index == 0 { first.to_owned() } else { format!("{first}-{}", index.saturating_add(1)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_series_counts_from_its_second_id() {
        assert_eq!([0, 1, 2].map(|index| numbered("id", index)), ["id", "id-2", "id-3"]);
    }
}

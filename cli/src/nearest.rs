//! What somebody most likely meant who wrote a name that is not there.

/// The one of `names` that `written` most likely means: `APIGW` means `apig`, `rocket` `rocketmq`, `authorizer`
/// `apig_authorizer`, `kafka.json` `kafka` and `eventbridge` `eventgrid`.
pub(crate) fn nearest(written: &str, names: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    let written = written.to_ascii_lowercase();
    let written = letters(written.strip_suffix(".json").unwrap_or(&written));
    names
        .filter_map(|name| Some((distance(&written, &letters(name))?, name)))
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, name)| name)
}

/// Underlines and other separators are easily confused.
fn letters(name: &str) -> String {
    name.chars().filter(|character| character.is_alphanumeric()).collect()
}

/// How far two names are from each other, by the kind of likeness first; None if they are not alike.
fn distance(written: &str, name: &str) -> Option<(u8, usize)> {
    let difference = written.len().abs_diff(name.len());
    if written == name {
        return Some((0, 0));
    }
    if written.starts_with(name) {
        return Some((1, difference));
    }
    // Of shorter parts nearly every name has one.
    if written.len() >= 3 && name.starts_with(written) {
        return Some((2, difference));
    }
    if written.len() >= 4 && name.contains(written) {
        return Some((3, difference));
    }
    let edits = edits(written, name);
    // A third of the letters, more or less.
    (edits <= (written.len().max(name.len()) + 1) / 3).then_some((4, edits))
}

/// How many letters must be put in, taken out or replaced to make one name of the other.
fn edits(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (line, letter) in from.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], line + 1);
        for (column, &other) in to.iter().enumerate() {
            let replaced = diagonal + usize::from(letter != other);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 9] = [
        "apig",
        "apig_authorizer",
        "timer",
        "gauss_mongo",
        "kafka",
        "rocketmq",
        "obs",
        "eventgrid",
        "async_destination",
    ];

    fn of(written: &str) -> Option<&'static str> {
        nearest(written, NAMES.into_iter())
    }

    #[test]
    fn near_misses_find_their_name() {
        for (written, name) in [
            ("APIG", "apig"),
            ("apigw", "apig"),
            ("api", "apig"),
            ("apig-authorizer", "apig_authorizer"),
            ("authorizer", "apig_authorizer"),
            ("timer.json", "timer"),
            ("tim", "timer"),
            ("gaussmongo", "gauss_mongo"),
            ("mongo", "gauss_mongo"),
            ("kafak", "kafka"),
            ("kafkaesque", "kafka"),
            ("rocket", "rocketmq"),
            ("obs.json", "obs"),
            ("eventbridge", "eventgrid"),
            ("async", "async_destination"),
        ] {
            assert_eq!(of(written), Some(name), "{written}");
        }
    }

    #[test]
    fn other_names_find_none() {
        for written in ["", "a", "foo", "lambda", "no/such/file.json", "{\"a\":1}"] {
            assert_eq!(of(written), None, "{written}");
        }
    }

    #[test]
    fn edits_are_counted() {
        for (from, to, count) in
            [("", "", 0), ("", "ab", 2), ("ab", "", 2), ("abc", "axc", 1), ("kitten", "sitting", 3)]
        {
            assert_eq!(edits(from, to), count, "{from} {to}");
        }
    }
}

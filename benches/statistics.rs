//! Medians, spreads and ratios.

/// The middle of `values`; NaN if there are none.
#[must_use]
pub fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    percentile(&sorted(values), 50)
}

/// The value that `percent` percent of `sorted` do not exceed; NaN if there are none.
#[must_use]
pub fn percentile(sorted: &[f64], percent: usize) -> f64 {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied().unwrap_or(f64::NAN)
}

/// The values from the least to the most.
#[must_use]
pub fn sorted(values: impl IntoIterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    values
}

/// The median of `values` divided, round by round, by `floor`'s: what slows down a whole round concerns both.
#[must_use]
pub fn ratio(values: &[f64], floor: &[f64]) -> f64 {
    median(values.iter().zip(floor).map(|(value, floor)| value / floor))
}

/// `median (least–most)`.
#[must_use]
pub fn spread(values: &[f64], digits: usize) -> String {
    let values = sorted(values.iter().copied());
    let (least, most) = (percentile(&values, 0), percentile(&values, 100));
    format!("{:.digits$} ({least:.digits$}–{most:.digits$})", percentile(&values, 50))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_those_of_values() {
        assert_eq!(median([3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median([2.0, 1.0]), 1.0);
        assert!(median([]).is_nan());
        let hundred = sorted((1..=100).rev().map(f64::from));
        assert_eq!((percentile(&hundred, 99), percentile(&hundred, 100)), (99.0, 100.0));
        assert_eq!(spread(&hundred, 0), "50 (1–100)");
    }

    #[test]
    fn ratios_are_taken_within_rounds() {
        assert_eq!(ratio(&[2.0, 20.0, 3.0], &[1.0, 10.0, 1.0]), 2.0);
    }
}

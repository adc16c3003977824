//! The known name that a planner probably meant.

/// The candidate closest to a name that is none of them, when it differs by a slip or two, or one begins with the
/// other: `visit_per_year` for `visits_per_year`, `latitude` for `lat`.
pub(crate) fn closest<'c>(name: &str, candidates: &[&'c str]) -> Option<&'c str> {
    const LONGEST: usize = 40;
    if name.is_empty() || name.len() > LONGEST {
        return None;
    }
    let distance = |candidate: &str| match candidate.len() {
        3.. if name.starts_with(candidate) => 0,
        _ => strsim::damerau_levenshtein(name, candidate),
    };
    let near = |candidate: &str, distance: usize| distance <= (candidate.len() / 3).clamp(1, 2);
    let measured = candidates.iter().map(|candidate| (distance(candidate), *candidate));
    measured.filter(|(distance, candidate)| near(candidate, *distance)).min().map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_recognised_and_another_word_is_not() {
        let keys = ["cycle_weeks", "weeks_per_year", "lat", "id"];
        assert_eq!(closest("cycle_week", &keys), Some("cycle_weeks"));
        assert_eq!(closest("wekes_per_year", &keys), Some("weeks_per_year"));
        assert_eq!(closest("latitude", &keys), Some("lat"));
        assert_eq!(closest("colour", &keys), None);
        assert_eq!(closest("", &keys), None);
    }
}

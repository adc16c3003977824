//! Which engine answers a question sooner.

/// Nanoseconds of Dijkstra's algorithm for each junction that it settles. Like the others measured on Porto (57,000
/// junctions) and an invented country (446,000).
const SETTLE: f64 = 100.0;

/// Nanoseconds of building a hierarchy, for each junction.
const CONTRACT: f64 = 15_000.0;

/// Nanoseconds of a climb in a hierarchy, one for each origin and each destination.
const CLIMB: f64 = 12_000.0;

/// Nanoseconds for each pair, from the buckets.
const MEET: f64 = 20.0;

/// Junctions within so many minutes, over the square of the minutes: 5 to 20 a square kilometre, at 50 km/h.
const JUNCTIONS_A_SQUARE_MINUTE: f64 = 20.0;

/// The size of a question.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    pub(crate) origins: usize,
    pub(crate) destinations: usize,
    /// Junctions of the network.
    pub(crate) nodes: usize,
    /// The longest time, in milliseconds.
    pub(crate) within: u32,
}

impl Size {
    /// Whether a hierarchy that is still to be built and then searched takes less work than Dijkstra's algorithm.
    pub(crate) fn is_worth_a_hierarchy(self) -> bool {
        CONTRACT * self.nodes as f64 + self.climbing() < self.settling()
    }

    /// Whether searching a hierarchy that is there takes less work.
    pub(crate) fn is_sooner_by_hierarchy(self) -> bool {
        self.climbing() < self.settling()
    }

    fn settling(self) -> f64 {
        SETTLE * self.origins as f64 * self.reached()
    }

    fn climbing(self) -> f64 {
        let pairs =
            self.origins as f64 * self.destinations as f64 * self.reached() / self.nodes.max(1) as f64;
        CLIMB * (self.origins + self.destinations) as f64 + MEET * pairs
    }

    /// Junctions that an origin reaches.
    fn reached(self) -> f64 {
        let minutes = f64::from(self.within) / 60_000.0;
        (JUNCTIONS_A_SQUARE_MINUTE * minutes * minutes).min(self.nodes as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: u32 = 3_600_000;

    fn square(points: usize, nodes: usize, within: u32) -> Size {
        Size { origins: points, destinations: points, nodes, within }
    }

    #[test]
    fn many_origins_are_worth_a_hierarchy_and_few_are_not() {
        assert!(!square(50, 57_000, u32::MAX).is_worth_a_hierarchy());
        assert!(square(1_000, 57_000, u32::MAX).is_worth_a_hierarchy());
        assert!(!square(50, 17_000, u32::MAX).is_worth_a_hierarchy());
        assert!(square(500, 17_000, u32::MAX).is_worth_a_hierarchy());
    }

    /// A region's communes within an hour in a whole nation do not pay for a hierarchy of it; all communes do.
    #[test]
    fn a_limit_makes_small_questions_of_large_networks() {
        assert!(!square(300, 3_000_000, HOUR).is_worth_a_hierarchy());
        assert!(square(35_000, 3_000_000, HOUR).is_worth_a_hierarchy());
        assert!(square(300, 3_000_000, u32::MAX).is_worth_a_hierarchy());
    }

    #[test]
    fn a_hierarchy_that_is_there_serves_all_but_the_shortest_trips() {
        assert!(square(10, 57_000, u32::MAX).is_sooner_by_hierarchy());
        assert!(!square(10, 57_000, HOUR / 30).is_sooner_by_hierarchy());
    }
}

//! Where the ways of many points begin or end.

use crate::cost::Cost;

/// The junctions by which points of the network are left or reached, with the cost of getting from the point there or
/// from there to the point; none of a point that is off the roads.
#[derive(Debug)]
pub(crate) struct Ends {
    /// Those of point `p` are `first[p]..first[p + 1]`.
    first: Vec<u32>,
    ends: Vec<(u32, Cost)>,
}

impl Ends {
    /// Of no points, with room for those of so many.
    pub(crate) fn with_capacity(points: usize) -> Ends {
        let mut first = Vec::with_capacity(points + 1);
        first.push(0);
        // Most points lie on a road that is open both ways.
        Ends { first, ends: Vec::with_capacity(2 * points) }
    }

    /// Adds those of the next point.
    pub(crate) fn push(&mut self, ends: impl IntoIterator<Item = (u32, Cost)>) {
        self.ends.extend(ends);
        self.first.push(self.ends.len() as u32);
    }

    /// How many points there are.
    pub(crate) fn points(&self) -> usize {
        self.first.len() - 1
    }

    /// Those of a point.
    #[inline]
    pub(crate) fn of(&self, point: usize) -> &[(u32, Cost)] {
        &self.ends[self.first[point] as usize..self.first[point + 1] as usize]
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &[(u32, Cost)]> {
        (0..self.points()).map(|point| self.of(point))
    }

    /// What orders points so that near ones follow each other: the first junction, for near ones have near numbers.
    pub(crate) fn place(&self, point: usize) -> (Option<u32>, usize) {
        (self.of(point).first().map(|end| end.0), point)
    }
}

#[cfg(test)]
impl FromIterator<Vec<(u32, Cost)>> for Ends {
    fn from_iter<I: IntoIterator<Item = Vec<(u32, Cost)>>>(points: I) -> Ends {
        let mut ends = Ends::with_capacity(0);
        points.into_iter().for_each(|point| ends.push(point));
        ends
    }
}

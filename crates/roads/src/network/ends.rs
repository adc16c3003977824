//! How trips begin and end: from a point of the network to the nodes of the search, and back.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::streets::Arcs;
use super::{Course, RoadNetwork};
use crate::cost::Cost;
use crate::search::ends::Ends;
use crate::snap::{Cut, Spot};

/// Where a trip can be after its first stretch, or before its last, and what that stretch costs.
///
/// The stretch is what lies on roads for the ends of trips alone; and the part of its own link where a point is not a
/// junction. All of what lies between is found by searches over the roads that are open to all.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stretches {
    pub(crate) ends: Vec<(u32, Cost)>,
    /// How each node that private roads lead to was reached: the node before it, and the course between.
    steps: BTreeMap<u32, (u32, Course)>,
}

impl Stretches {
    /// The courses of private roads between the point and a node, from the node's side.
    pub(crate) fn courses(&self, mut node: u32) -> Vec<Course> {
        let mut courses = Vec::new();
        while let Some(&(before, course)) = self.steps.get(&node) {
            courses.push(course);
            node = before;
        }
        courses
    }

    /// The node at which the stretch that ends at a node began.
    pub(crate) fn origin(&self, mut node: u32) -> u32 {
        while let Some(&(before, _)) = self.steps.get(&node) {
            node = before;
        }
        node
    }
}

impl RoadNetwork {
    /// The nodes that can be driven to from a point before any road that is open to all ends.
    pub(crate) fn departures(&self, spot: &Spot) -> Stretches {
        let starts = self.starts(spot);
        match &self.streets.private {
            Some(private) if self.is_private(spot) => spread(&private.ahead, starts),
            _ => Stretches { ends: starts.collect(), ..Stretches::default() },
        }
    }

    /// The nodes from which one can drive to a point without roads that are open to all, but the point's own.
    pub(crate) fn arrivals(&self, spot: &Spot) -> Stretches {
        let stops = self.stops(spot);
        match &self.streets.private {
            Some(private) if self.is_private(spot) => spread(&private.back, stops),
            _ => Stretches { ends: stops.collect(), ..Stretches::default() },
        }
    }

    /// The [departures](RoadNetwork::departures) of many points; none of those that are off the roads.
    pub(crate) fn all_departures(&self, spots: &[Option<Spot>]) -> Ends {
        let mut ends = Ends::with_capacity(spots.len());
        for spot in spots {
            match spot {
                Some(spot) if self.is_private(spot) => ends.push(self.departures(spot).ends),
                Some(spot) => ends.push(self.starts(spot)),
                None => ends.push([]),
            }
        }
        ends
    }

    /// The [arrivals](RoadNetwork::arrivals) of many points; none of those that are off the roads.
    pub(crate) fn all_arrivals(&self, spots: &[Option<Spot>]) -> Ends {
        let mut ends = Ends::with_capacity(spots.len());
        for spot in spots {
            match spot {
                Some(spot) if self.is_private(spot) => ends.push(self.arrivals(spot).ends),
                Some(spot) => ends.push(self.stops(spot)),
                None => ends.push([]),
            }
        }
        ends
    }

    /// Where the point's own link is left.
    fn starts(&self, spot: &Spot) -> impl Iterator<Item = (u32, Cost)> {
        let (junction, cut) = parts(spot);
        let splits = cut.into_iter().flat_map(Cut::splits);
        let ahead = splits.map(|(course, split)| (self.streets.heads[course.0 as usize], split.after));
        junction.map(|junction| (self.streets.first[junction as usize], Cost::ZERO)).into_iter().chain(ahead)
    }

    /// Where the point's own link is come to.
    fn stops(&self, spot: &Spot) -> impl Iterator<Item = (u32, Cost)> {
        let (junction, cut) = parts(spot);
        let splits = cut.into_iter().flat_map(Cut::splits);
        let back = splits.flat_map(|(course, split)| {
            let driving = self.streets.driving(&self.links, course);
            driving.map(move |(node, cost)| (node, cost.minus(split.after)))
        });
        let nodes = junction.map(|junction| self.streets.nodes_at(junction)).into_iter().flatten();
        nodes.map(|node| (node, Cost::ZERO)).chain(back)
    }

    /// Whether a point can be left or reached by roads for the ends of trips alone.
    fn is_private(&self, spot: &Spot) -> bool {
        match spot {
            Spot::Junction(junction) => !self.is_public[*junction as usize],
            Spot::Along(cut) => self.links.kinds[cut.along().link as usize].ends_only,
        }
    }
}

fn parts(spot: &Spot) -> (Option<u32>, Option<Cut>) {
    match spot {
        Spot::Junction(junction) => (Some(*junction), None),
        Spot::Along(cut) => (None, Some(*cut)),
    }
}

/// The least costs from the starts to all nodes that arcs lead to. Such roads are few.
fn spread(arcs: &Arcs, starts: impl Iterator<Item = (u32, Cost)>) -> Stretches {
    let mut spread = Spread::default();
    for (node, cost) in starts {
        spread.offer(node, cost, None);
    }
    while let Some(Reverse((cost, node))) = spread.queue.pop() {
        if spread.costs.get(&node) == Some(&cost) {
            for (arc, course) in arcs.leaving(node) {
                spread.offer(arc.to, cost.plus(arc.cost()), Some((node, course)));
            }
        }
    }
    Stretches { ends: spread.costs.into_iter().collect(), steps: spread.steps }
}

/// Dijkstra's algorithm for few nodes of many.
#[derive(Default)]
struct Spread {
    costs: BTreeMap<u32, Cost>,
    steps: BTreeMap<u32, (u32, Course)>,
    queue: BinaryHeap<Reverse<(Cost, u32)>>,
}

impl Spread {
    fn offer(&mut self, node: u32, cost: Cost, step: Option<(u32, Course)>) {
        let known = self.costs.get(&node).is_some_and(|&known| known <= cost);
        if known || cost > Cost::most_within(Cost::MOST_TIME) {
            return;
        }
        self.costs.insert(node, cost);
        match step {
            Some(step) => self.steps.insert(node, step),
            None => self.steps.remove(&node),
        };
        self.queue.push(Reverse((cost, node)));
    }
}

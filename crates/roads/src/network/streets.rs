//! The graph that is searched: arcs between junctions and the states at them.

use super::course::{Course, NO_HEADING};
use super::turns::{Meeting, NO_STATE, States};
use super::{Links, Turns};
use crate::cost::Cost;
use crate::graph::{Graph, Rows};

/// What is searched. Its nodes are the junctions, each followed by the states of those who arrive there with a
/// memory; its arcs are courses, with the turns into them.
#[derive(Debug)]
pub(crate) struct Streets {
    /// The node of each junction, and the number of nodes. States stand between a junction's node and the next one's.
    pub(crate) first: Vec<u32>,
    /// Roads that are open to all, and lead from every one to every other.
    pub(crate) open: Arcs,
    /// The others, for the ends of trips alone, between the same nodes; None where there are none.
    pub(crate) private: Option<Private>,
    /// The node reached by each course from a start on it.
    pub(crate) heads: Vec<u32>,
}

/// A graph, and the course of each of its arcs.
#[derive(Debug)]
pub(crate) struct Arcs {
    pub(crate) graph: Graph,
    pub(crate) courses: Vec<Course>,
}

/// Roads for the ends of trips alone, in both directions of searching.
#[derive(Debug)]
pub(crate) struct Private {
    pub(crate) ahead: Arcs,
    /// Every arc turned round.
    pub(crate) back: Arcs,
}

/// Arcs in the order of their start, and the course of each.
#[derive(Default)]
struct Lists {
    arcs: Rows,
    courses: Vec<Course>,
}

impl Lists {
    /// No arcs, with room for so many.
    fn with_capacity(nodes: usize, arcs: usize) -> Lists {
        Lists { arcs: Rows::with_capacity(nodes, arcs), courses: Vec::with_capacity(arcs) }
    }

    fn push(&mut self, from: u32, to: u32, cost: Cost, course: Course) {
        self.arcs.push(from, to, cost);
        self.courses.push(course);
    }

    fn arcs(self, nodes: u32) -> Arcs {
        Arcs { graph: self.arcs.graph(nodes), courses: self.courses }
    }
}

impl Streets {
    /// The streets that are open to all, connected or not, and besides those that are not. `costs` are those of all
    /// courses; [`Cost::NEVER`] where one is closed.
    pub(super) fn new(
        links: &Links,
        costs: &[Cost],
        junctions: u32,
        forbidden: &[Vec<Course>],
        turns: &Turns,
    ) -> (Streets, Arcs) {
        let meeting = Meeting::new(links, junctions);
        let states = States::new(links, costs, &meeting, forbidden, turns);
        let numbering = Numbering::new(links, &states, junctions);
        let heads: Vec<u32> = (0..2 * links.ends.len() as u32)
            .map(|course| numbering.behind(links, Course(course), states.start(Course(course))))
            .collect();
        let nodes = numbering.nodes();
        let mut open = Lists::with_capacity(nodes as usize, costs.len());
        let mut private = Lists::default();
        let mut arms = Vec::new();
        for junction in 0..junctions {
            let mut add = |from: u32, to: u32, cost: Cost, course: Course| {
                let ends_only = links.kinds[course.link() as usize].ends_only;
                let lists = if ends_only { &mut private } else { &mut open };
                lists.push(from, to, cost, course);
            };
            let node = numbering.first[junction as usize];
            for &course in meeting.leaving(junction) {
                let cost = costs[course.0 as usize];
                if cost != Cost::NEVER {
                    add(node, heads[course.0 as usize], cost, course);
                }
            }
            let states_here = numbering.states_at(junction);
            if !states_here.is_empty() {
                meeting.look_around(links, junction, turns, &mut arms);
            }
            for (from, &state) in (node + 1..).zip(states_here) {
                let back = states.states[state as usize].course.reversed();
                let back = arms.iter().find(|arm| arm.0 == back).map_or(NO_HEADING, |arm| arm.1);
                for &(course, heading) in &arms {
                    let cost = costs[course.0 as usize];
                    let Some(after) = states.after(state, course).filter(|_| cost != Cost::NEVER) else {
                        continue;
                    };
                    let turn = states.turn(state, back, (course, heading), turns);
                    let cost: Cost = [turn, cost].into_iter().sum();
                    add(from, numbering.behind(links, course, after), cost, course);
                }
            }
        }
        let streets = Streets { first: numbering.first, open: open.arcs(nodes), private: None, heads };
        (streets, private.arcs(nodes))
    }

    /// Leaves to the ends of trips the private roads, and of those open to all the ones outside the main component:
    /// no trip goes through them to somewhere else.
    pub(super) fn leave_to_ends(&mut self, private: &Arcs, links: &mut Links, is_main: &[bool]) {
        let nodes = self.nodes();
        let is_open: Vec<bool> =
            self.open.courses.iter().map(|course| is_main[course.link() as usize]).collect();
        let mut ends = Lists::with_capacity(nodes as usize, private.courses.len());
        for node in 0..nodes {
            for (arc, course) in private.leaving(node) {
                ends.push(node, arc.to, arc.cost(), course);
            }
            for arc in self.open.graph.leaving_indices(node).filter(|&arc| !is_open[arc]) {
                let course = self.open.courses[arc];
                let arc = self.open.graph.arc(arc);
                ends.push(node, arc.to, arc.cost(), course);
            }
        }
        self.open.graph.keep(|arc| is_open[arc]);
        let mut is_open = is_open.into_iter();
        self.open.courses.retain(|_| is_open.next() == Some(true));
        for (kind, is_main) in links.kinds.iter_mut().zip(is_main) {
            kind.ends_only |= !is_main;
        }
        self.private = (!ends.arcs.is_empty()).then(|| {
            let ahead = ends.arcs(nodes);
            Private { back: ahead.turned(), ahead }
        });
    }

    pub(crate) fn nodes(&self) -> u32 {
        self.first.last().copied().unwrap_or(0)
    }

    /// The nodes of a junction: its own first, then those of its states.
    pub(crate) fn nodes_at(&self, junction: u32) -> std::ops::Range<u32> {
        self.first[junction as usize]..self.first[junction as usize + 1]
    }

    /// The arcs that drive a course, each with the node it leaves and its cost, turn included.
    pub(crate) fn driving(&self, links: &Links, course: Course) -> impl Iterator<Item = (u32, Cost)> {
        let arcs = match &self.private {
            Some(private) if links.kinds[course.link() as usize].ends_only => &private.ahead,
            _ => &self.open,
        };
        self.nodes_at(links.tail(course)).flat_map(move |node| {
            arcs.leaving(node)
                .filter(move |&(_, driven)| driven == course)
                .map(move |(arc, _)| (node, arc.cost()))
        })
    }
}

impl Arcs {
    /// The graph with every arc turned round.
    fn turned_graph(&self) -> Graph {
        let nodes = self.graph.nodes() as u32;
        let turned = |from: u32| self.graph.leaving(from).iter().map(move |arc| (arc.to, from, arc.cost()));
        let mut arcs = Vec::with_capacity(self.courses.len());
        arcs.extend((0..nodes).flat_map(turned));
        Graph::new(nodes, arcs)
    }

    /// Every arc turned round.
    fn turned(&self) -> Arcs {
        let mut courses: Vec<(u32, Course)> = (0..self.graph.nodes() as u32)
            .flat_map(|from| self.leaving(from).map(|(arc, course)| (arc.to, course)))
            .collect();
        courses.sort_by_key(|&(to, _)| to);
        Arcs { graph: self.turned_graph(), courses: courses.into_iter().map(|(_, course)| course).collect() }
    }

    #[inline]
    pub(crate) fn leaving(&self, node: u32) -> impl Iterator<Item = (crate::graph::Arc, Course)> {
        let range = self.graph.leaving_indices(node);
        self.graph.leaving(node).iter().copied().zip(self.courses[range].iter().copied())
    }
}

/// Which nodes stand for which junctions and states.
struct Numbering {
    first: Vec<u32>,
    /// The states in the order of their nodes.
    states: Vec<u32>,
    /// The node of each state.
    nodes: Vec<u32>,
}

impl Numbering {
    fn new(links: &Links, states: &States, junctions: u32) -> Numbering {
        let junction = |state: u32| links.head(states.states[state as usize].course);
        let mut order: Vec<u32> = (0..states.states.len() as u32).collect();
        order.sort_by_key(|&state| (junction(state), state));
        let mut first = vec![0u32; junctions as usize + 1];
        for &state in &order {
            first[junction(state) as usize + 1] += 1;
        }
        for junction in 0..junctions as usize {
            first[junction + 1] += first[junction] + 1;
        }
        let mut nodes = vec![0; order.len()];
        for (place, &state) in (0..).zip(&order) {
            // So many junctions stand before it, its own included.
            nodes[state as usize] = place + junction(state) + 1;
        }
        Numbering { first, states: order, nodes }
    }

    fn nodes(&self) -> u32 {
        self.first.last().copied().unwrap_or(0)
    }

    fn states_at(&self, junction: u32) -> &[u32] {
        let [start, end] = [0, 1].map(|k| (self.first[(junction + k) as usize] - junction - k) as usize);
        &self.states[start..end]
    }

    /// The node behind a course that leads into a state.
    fn behind(&self, links: &Links, course: Course, state: u32) -> u32 {
        match state {
            NO_STATE => self.first[links.head(course) as usize],
            state => self.nodes[state as usize],
        }
    }
}

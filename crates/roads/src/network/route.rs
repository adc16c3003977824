//! The way itself between two points.

use std::ops::Range;

use super::{Course, RoadNetwork};
use crate::cost::Cost;
use crate::search::path::path;
use crate::snap::{Anchor, Snap};
use crate::sphere::Fixed;
use crate::table::{NoTrip, SearchOptions, Trip};
use crate::units::Position;

/// A way between two points.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// The same trip that a table tells.
    pub trip: Trip,
    /// Where the way leaves the origin's road.
    pub from: Snap,
    /// Where it meets the destination's road.
    pub to: Snap,
    /// The way as a line, from [`Route::from`] to [`Route::to`], both included.
    pub line: Vec<Position>,
}

impl RoadNetwork {
    /// The fastest way between two points, of equally fast ones the shortest: that whose time and length
    /// [`RoadNetwork::travel_times`] tells. `options.engine` makes no difference here.
    ///
    /// # Errors
    /// There is none: the reason.
    pub fn route(&self, from: Position, to: Position, options: &SearchOptions) -> Result<Route, NoTrip> {
        let from = self.snap(from, options.snap_limit).map_err(NoTrip::Origin)?;
        let to = self.snap(to, options.snap_limit).map_err(NoTrip::Destination)?;
        let most = Cost::most_within(options.within.0);
        let direct = from.anchor.direct(&to.anchor, &self.links).filter(|&cost| cost <= most);
        let driven = self.driven(&from.anchor, &to.anchor, options.within.0);
        let (cost, courses) = match (direct, driven) {
            (Some(direct), driven) if driven.as_ref().is_none_or(|driven| direct <= driven.0) => {
                (direct, Vec::new())
            }
            (_, Some(driven)) => driven,
            (_, None) if options.within.0 < Cost::MOST_TIME => return Err(NoTrip::Beyond(options.within)),
            (_, None) => return Err(NoTrip::Unreachable),
        };
        let line = self.line(&from, &to, &courses);
        Ok(Route { trip: Trip::of(cost), from, to, line })
    }

    /// The least cost over junctions, and the courses driven: the first in part where the trip starts along it, the
    /// last where it ends along it.
    fn driven(&self, from: &Anchor, to: &Anchor, within: u32) -> Option<(Cost, Vec<Course>)> {
        let (departures, arrivals) =
            (self.departures(&from.spot(&self.links)), self.arrivals(&to.spot(&self.links)));
        let found = path(&self.streets.open.graph, &departures.ends, &arrivals.ends, within)?;
        let (start, end) = (departures.ends[found.departure].0, arrivals.ends[found.arrival].0);
        let mut courses = departures.courses(start);
        courses.extend(self.first_course(from, departures.origin(start)));
        courses.reverse();
        courses.extend(found.arcs.iter().map(|&arc| self.streets.open.courses[arc as usize]));
        courses.extend(arrivals.courses(end));
        courses.extend(self.last_course(to, arrivals.origin(end)));
        Some((found.cost, courses))
    }

    /// The course by which a node is reached from a point along it; None from a junction.
    fn first_course(&self, from: &Anchor, node: u32) -> Option<Course> {
        let Anchor::Along(along) = from else { return None };
        let leading = along
            .cut(&self.links)
            .splits()
            .filter(|(course, _)| self.streets.heads[course.0 as usize] == node);
        leading.min_by_key(|(_, split)| split.after).map(|(course, _)| course)
    }

    /// The course by which a point along it is reached from a node; None at a junction.
    fn last_course(&self, to: &Anchor, node: u32) -> Option<Course> {
        let Anchor::Along(along) = to else { return None };
        let leading = along.cut(&self.links).splits().filter_map(|(course, split)| {
            let driving = self.streets.driving(&self.links, course);
            driving.filter(|arc| arc.0 == node).map(|(_, cost)| (cost.minus(split.after), course)).min()
        });
        leading.min().map(|(_, course)| course)
    }

    fn line(&self, from: &Snap, to: &Snap, courses: &[Course]) -> Vec<Position> {
        let mut points: Vec<&Fixed> = Vec::new();
        match (courses, &from.anchor, &to.anchor) {
            ([], Anchor::Along(start), Anchor::Along(end)) => {
                let all = self.links.points(start.link);
                let [start, end] = [start.piece as usize, end.piece as usize];
                points.extend(&all[(start + 1).min(end + 1)..=end]);
                points.extend(all[(end + 1).min(start + 1)..=start].iter().rev());
            }
            _ => {
                for (k, &course) in courses.iter().enumerate() {
                    let all = self.links.points(course.link());
                    let mut range = 0..all.len();
                    if let (0, Anchor::Along(along)) = (k, &from.anchor) {
                        range = part(range, along.piece, course.is_forward());
                    }
                    if let (true, Anchor::Along(along)) = (k + 1 == courses.len(), &to.anchor) {
                        range = part(range, along.piece, !course.is_forward());
                    }
                    let part = all[range].iter();
                    if course.is_forward() { points.extend(part) } else { points.extend(part.rev()) }
                }
            }
        }
        let inner = points.into_iter().map(|point| point.position());
        let mut line: Vec<Position> = [from.position].into_iter().chain(inner).chain([to.position]).collect();
        line.dedup();
        line
    }
}

/// The points behind or before a piece of a link.
fn part(range: Range<usize>, piece: u32, behind: bool) -> Range<usize> {
    let piece = piece as usize;
    if behind { piece + 1..range.end } else { range.start..piece + 1 }
}

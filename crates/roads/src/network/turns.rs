//! What turns cost, and the graph that knows which road one came by.
//!
//! A search over junctions forgets how it came to each of them. Where that matters, because a turn is forbidden or
//! costs time, those who arrive get a node of their own, called a state: it stands for the courses driven last, as
//! few of them as tell what may follow. States are the prefixes of the forbidden sequences, kept as the automaton of
//! A. Aho and M. Corasick (Efficient string matching, 1975); most junctions have none.

use std::collections::BTreeMap;

use super::course::{Course, Heading, NO_HEADING, shrink};
use super::{Links, Turns};
use crate::cost::Cost;

/// What follows a state by a course, where that is not what follows by the course alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    Forbidden,
    State(u32),
}

/// A memory of the courses driven last.
#[derive(Clone, Copy, Debug)]
pub(super) struct State {
    /// The last course.
    pub(super) course: Course,
    /// The state with the longest part of its memory that is one itself; [`NO_STATE`] when there is none.
    shorter: u32,
}

pub(super) const NO_STATE: u32 = u32::MAX;

/// Where more courses meet than at any real junction, turns are neither counted nor forbidden: states there would take
/// memory by the square of them, which only a file made to do harm asks for.
pub(super) const MOST_ARMS: usize = 64;

/// All states of a network, made once and then asked.
#[derive(Debug)]
pub(super) struct States {
    pub(super) states: Vec<State>,
    next: BTreeMap<(u32, Course), Next>,
    /// Whether anything in `next` starts at a state; few do.
    has_next: Vec<bool>,
    /// The state of each course driven without any memory before it; [`NO_STATE`] where nothing depends on it.
    of_course: Vec<u32>,
    /// That of the angle between two roads below which the turn from one into the other is sharp.
    sharp_cosine: f64,
}

/// The roads that meet at junctions.
#[derive(Debug)]
pub(super) struct Meeting {
    first: Vec<u32>,
    courses: Vec<Course>,
}

/// A course that leaves a junction, and its heading.
pub(super) type Arm = (Course, Heading);

impl Meeting {
    pub(super) fn new(links: &Links, junctions: u32) -> Meeting {
        let mut first = vec![0u32; junctions as usize + 1];
        for &end in links.ends.iter().flatten() {
            first[end as usize + 1] += 1;
        }
        for junction in 0..junctions as usize {
            first[junction + 1] += first[junction];
        }
        let mut next = first.clone();
        let mut courses = vec![Course(0); 2 * links.ends.len()];
        for course in (0..2 * links.ends.len() as u32).map(Course) {
            let slot = &mut next[links.tail(course) as usize];
            courses[*slot as usize] = course;
            *slot += 1;
        }
        Meeting { first, courses }
    }

    /// Puts the courses that leave a junction, and their headings, in place of what `arms` holds.
    pub(super) fn look_around(&self, links: &Links, junction: u32, turns: &Turns, arms: &mut Vec<Arm>) {
        let courses = self.leaving(junction).iter();
        arms.clear();
        match *self.leaving(junction) {
            // Headings are worth their time only where sharp turns cost any; from a single road there is none but back.
            [one, _, ..] if turns.sharp.0 > 0 => {
                let share = shrink(links.start(one));
                arms.extend(courses.map(|&course| (course, links.heading(course, share))));
            }
            _ => arms.extend(courses.map(|&course| (course, NO_HEADING))),
        }
    }

    /// Whether more courses meet than at any real junction.
    fn is_crowded(&self, junction: u32) -> bool {
        (self.first[junction as usize + 1] - self.first[junction as usize]) as usize > MOST_ARMS
    }

    /// The courses that leave a junction, open or not.
    pub(super) fn leaving(&self, junction: u32) -> &[Course] {
        &self.courses[self.first[junction as usize] as usize..self.first[junction as usize + 1] as usize]
    }
}

impl States {
    /// `costs` are those of all courses; [`Cost::NEVER`] where one is closed.
    pub(super) fn new(
        links: &Links,
        costs: &[Cost],
        meeting: &Meeting,
        forbidden: &[Vec<Course>],
        turns: &Turns,
    ) -> States {
        let mut states = States {
            states: Vec::new(),
            next: BTreeMap::new(),
            has_next: Vec::new(),
            of_course: vec![NO_STATE; costs.len()],
            sharp_cosine: (180.0 - turns.sharp_from).to_radians().cos(),
        };
        states.remember_sharp_turns(links, costs, meeting, turns);
        let is_kept = |sequence: &&Vec<Course>| {
            !sequence[..sequence.len() - 1].iter().any(|&course| meeting.is_crowded(links.head(course)))
        };
        let forbidden: Vec<&[Course]> = forbidden.iter().filter(is_kept).map(Vec::as_slice).collect();
        for sequence in &forbidden {
            if turns.u_turn.0 > 0 {
                states.remember_turning_back(costs, links, meeting, sequence);
            }
            states.of(sequence[0]);
        }
        let mut length = 2;
        while states.extend(&forbidden, length) {
            length += 1;
        }
        states.has_next = vec![false; states.states.len()];
        for &(state, _) in states.next.keys() {
            states.has_next[state as usize] = true;
        }
        states
    }

    /// The state of a course alone, made where there is none.
    fn of(&mut self, course: Course) -> u32 {
        let slot = &mut self.of_course[course.0 as usize];
        if *slot == NO_STATE {
            *slot = self.states.len() as u32;
            self.states.push(State { course, shorter: NO_STATE });
        }
        *slot
    }

    /// Courses from which a sharp turn leads on; and the short ones behind such a turn, for otherwise turning back on
    /// them would be the cheaper way around the corner.
    fn remember_sharp_turns(&mut self, links: &Links, costs: &[Cost], meeting: &Meeting, turns: &Turns) {
        if turns.sharp.0 == 0 {
            return;
        }
        let is_open = |course: Course| costs[course.0 as usize] != Cost::NEVER;
        let mut arms = Vec::new();
        for junction in (0..meeting.first.len() as u32 - 1).filter(|&junction| !meeting.is_crowded(junction))
        {
            meeting.look_around(links, junction, turns, &mut arms);
            let mut any = false;
            for &(back, heading) in &arms {
                let sharp =
                    |&(ahead, other): &Arm| ahead != back && self.is_sharp(heading, other) && is_open(ahead);
                if arms.iter().any(sharp) && is_open(back.reversed()) {
                    self.of(back.reversed());
                    any = true;
                }
            }
            if any && turns.u_turn.0 > 0 {
                for &(course, _) in &arms {
                    let [there, back] = [course, course.reversed()].map(|course| costs[course.0 as usize]);
                    let open = there != Cost::NEVER && back != Cost::NEVER;
                    let crowded = meeting.is_crowded(links.head(course));
                    if open && !crowded && there.plus(back).millis() < turns.sharp.0 {
                        self.of(course);
                    }
                }
            }
        }
    }

    /// Courses behind a forbidden turn: those who turned elsewhere must not come back for nothing.
    fn remember_turning_back(
        &mut self,
        costs: &[Cost],
        links: &Links,
        meeting: &Meeting,
        sequence: &[Course],
    ) {
        let Some(&last) = sequence.last() else { return };
        for &course in meeting.leaving(links.tail(last)) {
            let crowded = meeting.is_crowded(links.head(course));
            if !crowded
                && [course, course.reversed()].iter().all(|course| costs[course.0 as usize] != Cost::NEVER)
            {
                self.of(course);
            }
        }
    }

    /// Adds the states that remember this many courses, and the end of the sequences that are so long. Whether any
    /// sequence is longer.
    fn extend(&mut self, forbidden: &[&[Course]], length: usize) -> bool {
        let mut longer = false;
        for sequence in forbidden.iter().filter(|sequence| sequence.len() >= length) {
            let Some(before) = self.remembering(&sequence[..length - 1]) else { continue };
            let course = sequence[length - 1];
            if sequence.len() == length {
                self.next.insert((before, course), Next::Forbidden);
            } else if !self.next.contains_key(&(before, course)) {
                let shorter = self.after_shorter(before, course);
                self.next.insert((before, course), Next::State(self.states.len() as u32));
                self.states.push(State { course, shorter });
            }
            longer |= sequence.len() > length;
        }
        longer
    }

    /// The state that remembers exactly these courses; None where a part of them is forbidden already.
    fn remembering(&self, courses: &[Course]) -> Option<u32> {
        let first = self.of_course[courses.first()?.0 as usize];
        courses[1..].iter().try_fold(first, |state, &course| match self.next.get(&(state, course)) {
            Some(&Next::State(next)) => Some(next),
            _ => None,
        })
    }

    /// Where a course leads from what a state remembers without its first course.
    fn after_shorter(&self, state: u32, course: Course) -> u32 {
        let mut shorter = self.states[state as usize].shorter;
        while shorter != NO_STATE {
            if let Some(&Next::State(next)) = self.next.get(&(shorter, course)) {
                return next;
            }
            shorter = self.states[shorter as usize].shorter;
        }
        self.of_course[course.0 as usize]
    }

    /// The state of those who set out by a course; [`NO_STATE`] where the junction at its end is enough.
    pub(super) fn start(&self, course: Course) -> u32 {
        self.of_course[course.0 as usize]
    }

    /// The state behind a course, of those who come with a memory; None where that is forbidden.
    pub(super) fn after(&self, state: u32, course: Course) -> Option<u32> {
        let mut longest = None;
        let mut memory = state;
        while memory != NO_STATE {
            if !self.has_next[memory as usize] {
                memory = self.states[memory as usize].shorter;
                continue;
            }
            match self.next.get(&(memory, course)) {
                Some(Next::Forbidden) => return None,
                Some(&Next::State(next)) => longest = longest.or(Some(next)),
                None => {}
            }
            memory = self.states[memory as usize].shorter;
        }
        Some(longest.unwrap_or(self.start(course)))
    }

    /// Whether someone who came against `back` and leaves by `ahead` turns sharply.
    fn is_sharp(&self, back: Heading, ahead: Heading) -> bool {
        back[0] * ahead[0] + back[1] * ahead[1] > self.sharp_cosine
    }

    /// What turning from the last course of a state into another costs, by their headings from the junction.
    pub(super) fn turn(&self, state: u32, back: Heading, ahead: (Course, Heading), turns: &Turns) -> Cost {
        let last = self.states[state as usize].course;
        if ahead.0 == last.reversed() {
            Cost::new(turns.u_turn.0, 0, 0)
        } else if turns.sharp.0 > 0 && self.is_sharp(back, ahead.1) {
            Cost::new(turns.sharp.0, 0, 0)
        } else {
            Cost::ZERO
        }
    }
}

//! The half-days of the cycle on which vehicles work.

use crate::calendar::{Day, Half};
use crate::problem::Problem;

/// A half-day of one vehicle.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot {
    /// Rank of the vehicle.
    pub(super) vehicle: usize,
    /// Week of the cycle, from 1.
    pub(super) week: u32,
    pub(super) day: Day,
    pub(super) half: Half,
    /// Rank of the vehicle's day, over all vehicles.
    pub(super) work_day: usize,
}

impl Slot {
    /// Days since the beginning of the cycle.
    pub(super) fn date(&self) -> u32 {
        (self.week - 1) * 7 + self.day as u32
    }

    /// Half-days since the beginning of the cycle.
    pub(super) fn moment(&self) -> usize {
        2 * self.date() as usize + self.half as usize
    }

    /// The half-day of the week, from 0 to 13.
    pub(super) fn time(&self) -> usize {
        2 * self.day as usize + self.half as usize
    }
}

/// The slots of all vehicles, in order of vehicle, week, day and half-day.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    pub(super) slots: Vec<Slot>,
    /// By work day: vehicle, and slot of each half-day.
    pub(super) days: Vec<(usize, [Option<u32>; 2])>,
    /// By vehicle: its slots are `first[v]..first[v + 1]`.
    first: Vec<usize>,
    /// By vehicle, then moment.
    at: Vec<Vec<Option<u32>>>,
}

impl Grid {
    pub(super) fn new(problem: &Problem) -> Grid {
        let territory = problem.territory();
        let weeks = territory.calendar.cycle_weeks;
        let mut grid = Grid { slots: Vec::new(), days: Vec::new(), first: vec![0], at: Vec::new() };
        for (rank, vehicle) in territory.vehicles.iter().enumerate() {
            grid.at.push(vec![None; 14 * weeks as usize]);
            for week in vehicle.weeks.of_cycle(weeks) {
                for day in Day::ALL {
                    let works = Half::ALL.into_iter().filter(|&half| vehicle.days.contains(day, half));
                    let mut slots = [None; 2];
                    for half in works {
                        let slot = Slot { vehicle: rank, week, day, half, work_day: grid.days.len() };
                        let number = grid.slots.len() as u32;
                        slots[half as usize] = Some(number);
                        grid.at[rank][slot.moment()] = Some(number);
                        grid.slots.push(slot);
                    }
                    if slots != [None; 2] {
                        grid.days.push((rank, slots));
                    }
                }
            }
            grid.first.push(grid.slots.len());
        }
        grid
    }

    /// The slots of a vehicle.
    pub(super) fn of_vehicle(&self, vehicle: usize) -> std::ops::Range<usize> {
        self.first[vehicle]..self.first[vehicle + 1]
    }

    /// The slot of a vehicle at that time; None when it does not work then.
    pub(super) fn find(&self, vehicle: usize, week: u32, day: Day, half: Half) -> Option<usize> {
        let moment = 14 * (week as usize).checked_sub(1)? + 2 * day as usize + half as usize;
        self.at[vehicle].get(moment).copied().flatten().map(|slot| slot as usize)
    }

    /// The slot of a vehicle at another vehicle's time, or its own.
    pub(super) fn beside(&self, vehicle: usize, slot: usize) -> Option<usize> {
        self.at[vehicle][self.slots[slot].moment()].map(|slot| slot as usize)
    }
}

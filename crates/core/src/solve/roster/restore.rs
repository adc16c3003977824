//! Published sessions with their own doctors again, and for what they were, where that costs nothing.

use super::setting::Shift;
use super::state::Roster;

/// Gives published sessions that a roster keeps back to their doctors, as long as that makes the roster better.
pub(super) fn restore(roster: &mut Roster<'_>) {
    let Some(published) = &roster.setting.published else { return };
    roster.keep();
    let mut best = roster.score();
    let mut idle = false;
    while !idle && best.wishes.reassigned > 0 {
        idle = true;
        for (slot, own) in published.at.iter().enumerate() {
            let (Some(own), Some(now)) = (own, roster.at(slot)) else { continue };
            if !published.reassigns(slot, &now) {
                continue;
            }
            for away in [Away::Left, Away::Exchanged, Away::Replaced] {
                give_back(roster, slot, *own, now, away);
                let score = roster.score();
                if score.is_better(&best) {
                    (best, idle) = (score, false);
                    roster.keep();
                    break;
                }
                roster.undo();
            }
        }
    }
}

/// What becomes of sessions that the doctors of another one leave for it.
#[derive(Clone, Copy)]
enum Away {
    /// They stay as they are.
    Left,
    /// They are for the doctors who are free now, and for what these did.
    Exchanged,
    /// They go to the best of the others.
    Replaced,
}

fn give_back(roster: &mut Roster<'_>, slot: usize, own: Shift, now: Shift, away: Away) {
    let grid = &roster.setting.grid;
    let moment = grid.slots[slot].moment();
    let elsewhere: Vec<usize> = own
        .doctors()
        .flat_map(|doctor| roster.of_doctor(usize::from(doctor)).to_vec())
        .map(|other| other as usize)
        .filter(|&other| other != slot && grid.slots[other].moment() == moment)
        .collect();
    let doctor = own.doctor.or(now.doctor);
    let specialist = if own.doctors().next().is_some() { own.specialist } else { now.specialist };
    roster.put(slot, Some(Shift { doctor, specialist, ..own }));
    for other in elsewhere {
        let Some(shift) = roster.at(other) else { continue };
        match away {
            Away::Left => {}
            Away::Exchanged => roster.put(other, Some(Shift { site: shift.site, ..now })),
            Away::Replaced => roster.staff(other),
        }
    }
}

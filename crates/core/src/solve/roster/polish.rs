//! What planners would rather have, at no loss of value: the same sessions by vehicle and site on better dates and with
//! better doctors; then other sites that are worth as much.

use super::anneal::Annealing;
use super::moves::{Freedom, Moves};
use super::state::Roster;
use super::tally::Score;
use crate::solve::random::Random;

/// A change is accepted that is no worse than the roster so many changes ago.
const MEMORY: usize = 200;

/// Changes between two looks at the limits.
const STRETCH: usize = 32;

/// Improves the wishes of a roster by late acceptance (Burke and Bykov, 2017), at no loss of value and without breaking
/// anything more. It gives up after so many changes without a better roster, and after so many at most.
pub(super) fn polish(
    roster: &mut Roster<'_>,
    search: &Annealing<'_>,
    freedom: Freedom,
    (patience, most): (usize, usize),
    random: &mut Random,
) {
    roster.keep();
    let mut now = roster.score();
    let (mut best, mut shifts) = (now, roster.shifts().to_vec());
    let mut memory: Vec<Score> = vec![now; MEMORY];
    let mut idle = 0;
    for change in 0..most {
        if idle >= patience || change % STRETCH == 0 && search.must_stop() {
            break;
        }
        idle += 1;
        let before = roster.steps();
        let done = Moves { lists: search.lists, random: &mut *random, roster: &mut *roster }.change(freedom);
        if done {
            let (tally, _) = roster.weigh();
            // What breaks more is never accepted; the worth of it need not be counted.
            if tally.base <= best.tally.base && tally.hard <= best.tally.hard + 1e-9 {
                let score = roster.score();
                if !best.is_worth_more(&score)
                    && (!now.is_better(&score) || !memory[change % MEMORY].is_better(&score))
                {
                    now = score;
                    roster.keep();
                    if now.is_better(&best) {
                        best = now;
                        idle = 0;
                        shifts.copy_from_slice(roster.shifts());
                    }
                }
            }
        }
        roster.undo();
        memory[change % MEMORY] = now;
        search.meter.spend((roster.steps() - before) / 16 + 5);
    }
    roster.load(&shifts);
}

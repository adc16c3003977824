//! CPU seconds, which other programs on the machine disturb less than the clock.

use crate::Result;

/// The CPU seconds of something, and what it found.
pub(crate) fn timed<T>(run: impl FnOnce() -> Result<T>) -> Result<(f64, T)> {
    let before = seconds_so_far()?;
    let found = run()?;
    Ok((seconds_so_far()? - before, found))
}

/// The median CPU seconds of several runs, at least one, and what the last of them found.
pub(crate) fn repeated<T>(repeats: usize, run: impl Fn() -> Result<T>) -> Result<(f64, T)> {
    let (first, mut found) = timed(&run)?;
    let mut seconds = vec![first];
    for _ in 1..repeats {
        let (next, again) = timed(&run)?;
        seconds.push(next);
        found = again;
    }
    Ok((median(seconds), found))
}

/// The middle one; of an even number the higher of two.
pub(crate) fn median(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds.get(seconds.len() / 2).copied().unwrap_or(f64::NAN)
}

/// User and system time of all threads of this process since its start.
#[cfg(unix)]
fn seconds_so_far() -> Result<f64> {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike;

    let usage = getrusage(UsageWho::RUSAGE_SELF)?;
    Ok((usage.user_time() + usage.system_time()).num_microseconds() as f64 / 1e6)
}

#[cfg(not(unix))]
fn seconds_so_far() -> Result<f64> {
    Err("CPU time is read on Unix alone".into())
}

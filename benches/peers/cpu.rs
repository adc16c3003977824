//! CPU seconds, which other programs on the machine disturb less than the clock.

use crate::Result;

/// The median CPU seconds of `repeats` runs, at least one, and what the last of them found.
pub(crate) fn median<T>(repeats: usize, run: impl Fn() -> Result<T>) -> Result<(f64, T)> {
    let timed = || {
        let before = seconds_so_far()?;
        let found = run()?;
        Ok::<_, Box<dyn std::error::Error>>((seconds_so_far()? - before, found))
    };
    let (first, mut found) = timed()?;
    let mut seconds = vec![first];
    for _ in 1..repeats {
        let (next, again) = timed()?;
        seconds.push(next);
        found = again;
    }
    seconds.sort_by(f64::total_cmp);
    Ok((seconds[seconds.len() / 2], found))
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

//! CPU seconds, which other programs on the machine disturb less than the clock.

use crate::Result;

/// The CPU seconds of something, and what it found.
pub(crate) fn timed<T>(run: impl FnOnce() -> Result<T>) -> Result<(f64, T)> {
    let before = seconds_so_far()?;
    let found = run()?;
    Ok((seconds_so_far()? - before, found))
}

/// Many clocks of CPU time tick some milliseconds apart, and answers take less: a block of runs takes so many CPU
/// seconds at least, and so many runs. `osrm_table.py` follows the same rule.
const BLOCK_SECONDS: f64 = 0.5;
const BLOCK_RUNS: u32 = 5;
const BLOCKS: usize = 3;

/// The CPU seconds of a run: the median of the means of three blocks of runs. One run before them is not counted.
pub(crate) fn repeated(run: &dyn Fn() -> Result<()>) -> Result<f64> {
    let [seconds] = in_turn([run])?;
    Ok(seconds)
}

/// The same of several things, a block of each in turn, so that they meet the same weather.
pub(crate) fn in_turn<const N: usize>(runs: [&dyn Fn() -> Result<()>; N]) -> Result<[f64; N]> {
    let mut means = [const { Vec::new() }; N];
    for run in runs {
        run()?;
    }
    for _ in 0..BLOCKS {
        for (run, means) in runs.iter().zip(&mut means) {
            means.push(block(run)?);
        }
    }
    Ok(means.map(median))
}

/// The mean of a block of runs.
fn block(run: &dyn Fn() -> Result<()>) -> Result<f64> {
    let (mut seconds, mut runs) = (0.0, 0);
    let before = seconds_so_far()?;
    while runs < BLOCK_RUNS || seconds < BLOCK_SECONDS {
        run()?;
        runs += 1;
        seconds = seconds_so_far()? - before;
    }
    Ok(seconds / f64::from(runs))
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

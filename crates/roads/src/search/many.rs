//! Least costs from many origins to many destinations.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use super::buckets::Buckets;
use super::costs::{FEW, ROWS};
use super::ends::Ends;
use super::found::{Found, Row};
use crate::cost::Cost;
use crate::error::ErrorKind;
use crate::progress::{Phase, Watch};

/// Between which points ways are asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Question<'a> {
    /// Of the origins.
    pub(crate) departures: &'a Ends,
    /// Of the destinations.
    pub(crate) arrivals: &'a Ends,
    /// The longest time, in milliseconds; no way is longer than [`Cost::MOST_TIME`].
    pub(crate) within: u32,
}

/// A way to search.
pub(crate) trait Engine: Sync {
    /// Whether searches from near origins have most of their way in common.
    const SHARES_WAYS: bool;

    /// A search from as many origins as there are rows.
    type Outward<'a, const ROWS: usize>: Outward<ROWS>
    where
        Self: 'a;

    /// Searches from all destinations.
    ///
    /// # Errors
    /// The watch was cancelled.
    fn buckets(&self, arrivals: &Ends, most: Cost, watch: &Watch<'_>) -> Result<Buckets, ErrorKind>;

    fn outward<const ROWS: usize>(&self) -> Self::Outward<'_, ROWS>;
}

/// A search from a few origins, with the memory that it uses again and again.
pub(crate) trait Outward<const ROWS: usize> {
    /// Offers every bucket that an origin reaches at a cost of `most` at most.
    fn run<'a>(
        &mut self,
        starts: impl Iterator<Item = &'a [(u32, Cost)]>,
        most: Cost,
        found: &mut Found<'_, ROWS>,
    );
}

/// Fills a table, row by row, with the least cost of each pair; [`Cost::NEVER`] where there is no way.
///
/// # Errors
/// The watch was cancelled.
pub(crate) fn fill_table(
    engine: &impl Engine,
    question: Question<'_>,
    watch: &Watch<'_>,
    cells: &mut [Cost],
) -> Result<(), ErrorKind> {
    // A table without columns has no rows to cut; one column more changes nothing then.
    let rows = cells.chunks_exact_mut(question.arrivals.points().max(1));
    fill_rows(engine, question, watch, rows)
}

/// The destinations that each origin reaches, in ascending order, and the least costs: for many points of which each
/// reaches few.
///
/// # Errors
/// The watch was cancelled.
pub(crate) fn sparse_rows(
    engine: &impl Engine,
    question: Question<'_>,
    watch: &Watch<'_>,
) -> Result<Vec<Vec<(u32, Cost)>>, ErrorKind> {
    let mut rows = vec![Vec::new(); question.departures.points()];
    fill_rows(engine, question, watch, rows.iter_mut())?;
    Ok(rows)
}

/// Writes to each row what is found from its origin.
fn fill_rows<E: Engine, R: Row>(
    engine: &E,
    question: Question<'_>,
    watch: &Watch<'_>,
    rows: impl Iterator<Item = R>,
) -> Result<(), ErrorKind> {
    if E::SHARES_WAYS && question.departures.points() > FEW {
        fill_by::<ROWS, E, R>(engine, question, watch, rows)
    } else {
        fill_by::<1, E, R>(engine, question, watch, rows)
    }
}

fn fill_by<const ROWS: usize, E: Engine, R: Row>(
    engine: &E,
    question: Question<'_>,
    watch: &Watch<'_>,
    rows: impl Iterator<Item = R>,
) -> Result<(), ErrorKind> {
    let Question { departures, arrivals, within } = question;
    let most = Cost::most_within(within);
    let buckets = engine.buckets(arrivals, most, watch)?;
    let steps = Steps::new(watch, departures.points());
    let mut rows: Vec<(usize, R)> = rows.enumerate().collect();
    rows.sort_unstable_by_key(|(origin, _)| departures.place(*origin));
    by_workers(
        rows.chunks_mut(ROWS),
        || (engine.outward::<ROWS>(), Found::<ROWS>::new(&buckets, arrivals.points(), most)),
        |(outward, found), batch| {
            outward.run(batch.iter().map(|(origin, _)| departures.of(*origin)), most, found);
            R::write(found, batch);
            steps.add(batch.len())
        },
    )
}

/// Counts origins for the watch.
struct Steps<'a> {
    watch: &'a Watch<'a>,
    done: AtomicU64,
    total: u64,
}

impl<'a> Steps<'a> {
    fn new(watch: &'a Watch<'a>, total: usize) -> Steps<'a> {
        watch.step(Phase::Search, 0, total as u64);
        Steps { watch, done: AtomicU64::new(0), total: total as u64 }
    }

    fn add(&self, origins: usize) -> Result<(), ErrorKind> {
        let before = self.done.fetch_add(origins as u64, Ordering::Relaxed);
        self.watch.step(Phase::Search, before + origins as u64, self.total);
        if self.watch.is_cancelled() { Err(ErrorKind::Cancelled) } else { Ok(()) }
    }
}

/// Shares items out among the threads, each of which makes its memory once: it is large, and rayon's own iterators
/// make it anew whenever they split.
///
/// # Errors
/// The first that a thread came upon; the others then stop.
pub(crate) fn by_workers<I, M>(
    items: I,
    memory: impl Fn() -> M + Sync,
    work: impl Fn(&mut M, I::Item) -> Result<(), ErrorKind> + Sync,
) -> Result<(), ErrorKind>
where
    I: ExactSizeIterator + Send,
{
    let workers = items.len().min(rayon::current_num_threads());
    let items = Mutex::new(items);
    let failure = Mutex::new(None);
    let next = || items.lock().unwrap_or_else(PoisonError::into_inner).next();
    let failed = || failure.lock().unwrap_or_else(PoisonError::into_inner);
    let take_part = || {
        let mut memory = memory();
        while let Some(item) = next() {
            if failed().is_some() {
                break;
            }
            if let Err(error) = work(&mut memory, item) {
                *failed() = Some(error);
            }
        }
    };
    if workers < 2 {
        take_part();
    } else {
        rayon::scope(|scope| (0..workers).for_each(|_| scope.spawn(|_| take_part())));
    }
    match failure.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some(error) => Err(error),
        None => Ok(()),
    }
}

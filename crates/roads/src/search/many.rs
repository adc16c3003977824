//! Least costs from many origins to many destinations.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use super::buckets::{Buckets, Dense, Row, Sparse};
use crate::cost::Cost;
use crate::error::ErrorKind;
use crate::progress::{Phase, Watch};

/// The junctions by which a point of the network is left or reached, with the cost of getting from the point there or
/// from there to the point.
pub(crate) type Ends = Vec<(u32, Cost)>;

/// Between which points ways are asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Question<'a> {
    /// Of each origin; none where it is off the roads.
    pub(crate) departures: &'a [Ends],
    /// Of each destination; none where it is off the roads.
    pub(crate) arrivals: &'a [Ends],
    /// The longest time, in milliseconds; no way is longer than [`Cost::MOST_TIME`].
    pub(crate) within: u32,
}

/// A way to search.
pub(crate) trait Engine: Sync {
    /// A search from one origin.
    type Outward<'a>: Outward
    where
        Self: 'a;

    /// Searches from all destinations.
    ///
    /// # Errors
    /// The watch was cancelled.
    fn buckets(&self, arrivals: &[Ends], most: Cost, watch: &Watch<'_>) -> Result<Buckets, ErrorKind>;

    fn outward(&self) -> Self::Outward<'_>;
}

/// A search from one origin, with the memory that it uses again and again.
pub(crate) trait Outward {
    /// Offers to the row every bucket that an origin reaches at a cost of `most` at most.
    fn run(&mut self, starts: &[(u32, Cost)], most: Cost, buckets: &Buckets, row: &mut impl Row);
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
    cells.fill(Cost::NEVER);
    let most = Cost::most_within(question.within);
    // A table without columns has no rows to cut; one column more changes nothing then.
    let rows = cells.chunks_exact_mut(question.arrivals.len().max(1)).zip(question.departures);
    let buckets = engine.buckets(question.arrivals, most, watch)?;
    let steps = Steps::new(watch, question.departures.len());
    by_workers(
        rows,
        || engine.outward(),
        |search, (row, starts)| {
            search.run(starts, most, &buckets, &mut Dense(row));
            steps.next()
        },
    )
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
    let most = Cost::most_within(question.within);
    let mut rows = vec![Vec::new(); question.departures.len()];
    let buckets = engine.buckets(question.arrivals, most, watch)?;
    let steps = Steps::new(watch, question.departures.len());
    by_workers(
        rows.iter_mut().zip(question.departures),
        || (engine.outward(), Sparse::new(question.arrivals.len())),
        |(search, found), (row, starts)| {
            search.run(starts, most, &buckets, found);
            *row = found.take();
            steps.next()
        },
    )?;
    Ok(rows)
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

    fn next(&self) -> Result<(), ErrorKind> {
        self.watch.step(Phase::Search, self.done.fetch_add(1, Ordering::Relaxed) + 1, self.total);
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
    rayon::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|_| {
                let mut memory = memory();
                while let Some(item) = next() {
                    if failed().is_some() {
                        break;
                    }
                    if let Err(error) = work(&mut memory, item) {
                        *failed() = Some(error);
                    }
                }
            });
        }
    });
    match failure.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some(error) => Err(error),
        None => Ok(()),
    }
}

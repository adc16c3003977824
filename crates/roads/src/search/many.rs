//! Least costs from many origins to many destinations.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use super::batch::{self, Batch};
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
    /// Whether searches from near origins reach many buckets in common.
    const SHARES_BUCKETS: bool;

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
pub(crate) fn fill_table<E: Engine>(
    engine: &E,
    question: Question<'_>,
    watch: &Watch<'_>,
    cells: &mut [Cost],
) -> Result<(), ErrorKind> {
    cells.fill(Cost::NEVER);
    let most = Cost::most_within(question.within);
    let columns = question.arrivals.len();
    let buckets = engine.buckets(question.arrivals, most, watch)?;
    let steps = Steps::new(watch, question.departures.len());
    // A table without columns has no rows to cut; one column more changes nothing then.
    let rows = cells.chunks_exact_mut(columns.max(1)).zip(question.departures);
    if E::SHARES_BUCKETS && question.departures.len() >= batch::ROWS {
        return fill_batches(engine, batches(rows), columns, &buckets, most, &steps);
    }
    by_workers(
        rows,
        || engine.outward(),
        |search, (row, starts)| {
            search.run(starts, most, &buckets, &mut Dense(row));
            steps.next()
        },
    )
}

/// Some rows of a table, and the departures of each.
type Rows<'a> = Vec<(&'a mut [Cost], &'a Ends)>;

/// Rows in batches, those of near origins together: near junctions have near numbers.
fn batches<'a>(rows: impl Iterator<Item = (&'a mut [Cost], &'a Ends)>) -> Vec<Rows<'a>> {
    let mut rows: Rows<'a> = rows.collect();
    rows.sort_by_key(|(_, starts)| starts.first().map(|start| start.0));
    let mut batches = Vec::with_capacity(rows.len().div_ceil(batch::ROWS));
    while !rows.is_empty() {
        batches.push(rows.split_off(rows.len().saturating_sub(batch::ROWS)));
    }
    batches
}

fn fill_batches(
    engine: &impl Engine,
    batches: Vec<Rows<'_>>,
    columns: usize,
    buckets: &Buckets,
    most: Cost,
    steps: &Steps<'_>,
) -> Result<(), ErrorKind> {
    by_workers(
        batches.into_iter(),
        || (engine.outward(), Batch::new(columns)),
        |(search, batch), rows| {
            for (number, (_, starts)) in rows.iter().enumerate() {
                search.run(starts, most, buckets, &mut batch.row(number));
                steps.next()?;
            }
            batch.fill(buckets, most, rows.into_iter().map(|(row, _)| row));
            Ok(())
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

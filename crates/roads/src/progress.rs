//! Following long work from outside, and stopping it.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A switch that stops running work from another thread; clones share it.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Asks the work to stop; it ends soon after with an error that says so.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether someone asked.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// A part of the work, in the order in which they come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The extracts are read; counted in bytes of their blocks. Blocks that are read twice count twice, which is known
    /// of them when they were read once: the total may grow.
    Read,
    /// The network is built; counted in steps.
    Build,
    /// The hierarchy of a network is built; counted in junctions.
    Contract,
    /// A saved network is loaded; counted in bytes.
    Load,
    /// Points are snapped to the network; counted in points.
    Snap,
    /// Ways are searched; counted in origins.
    Search,
}

/// How far a phase has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The phase.
    pub phase: Phase,
    /// Units done, at most `total`.
    pub done: u64,
    /// Units in all.
    pub total: u64,
}

/// What watches over long work: where its steps are reported, and the switch that stops it.
#[derive(Clone, Default)]
pub struct Watch<'a> {
    on_step: Option<&'a (dyn Fn(Step) + Sync)>,
    cancel: Cancel,
}

impl<'a> Watch<'a> {
    /// Nobody watches.
    pub fn none() -> Watch<'static> {
        Watch::default()
    }

    /// Steps go to `on_step`, from any thread, not always in order.
    pub fn new(on_step: &'a (dyn Fn(Step) + Sync)) -> Watch<'a> {
        Watch { on_step: Some(on_step), cancel: Cancel::default() }
    }

    /// The same watch with a switch.
    #[must_use]
    pub fn with_cancel(self, cancel: Cancel) -> Watch<'a> {
        Watch { cancel, ..self }
    }

    pub(crate) fn step(&self, phase: Phase, done: u64, total: u64) {
        if let Some(on_step) = self.on_step {
            on_step(Step { phase, done, total });
        }
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        self.cancel.is_cancelled()
    }
}

impl fmt::Debug for Watch<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch")
            .field("reports", &self.on_step.is_some())
            .field("cancel", &self.cancel)
            .finish()
    }
}

//! Where land is built up.

use crate::extract::Extract;
use crate::sphere::Fixed;

/// Built-up land.
#[derive(Debug)]
pub(crate) struct BuiltUp;

impl BuiltUp {
    pub(crate) fn new(_: &Extract) -> BuiltUp {
        BuiltUp
    }

    pub(crate) fn contains(&self, _: Fixed) -> bool {
        false
    }
}

//! The road network that a command works on: from extracts, or saved.

use std::path::{Path, PathBuf};

use medicobus_core::lang::Lang;
use medicobus_core::times::RoadSearch;
use medicobus_roads::{Cancel, Error, Profile, RoadNetwork, Watch};

use crate::args::{NetworkArgs, VehicleArgs};
use crate::exit::Failure;
use crate::progress::Progress;
use crate::show::remarks::Remarks;
use crate::stats::Stats;
use crate::{roads_error, speak};

/// Who asks, and who follows the work.
#[derive(Clone, Copy)]
pub(crate) struct Desk<'a> {
    pub(crate) lang: Lang,
    pub(crate) cancel: &'a Cancel,
    pub(crate) stats: &'a Stats,
}

impl Desk<'_> {
    /// Works on roads while a person watches.
    pub(crate) fn on_roads<T>(
        &self,
        work: impl FnOnce(&Watch<'_>) -> Result<T, Error>,
    ) -> Result<T, Failure> {
        let progress = Progress::of_roads(self.lang);
        let on_step = |step: medicobus_roads::Step| {
            self.stats.enter(step.phase.into());
            progress.road_step(step);
        };
        let watch = Watch::new(&on_step).with_cancel(self.cancel.clone());
        work(&watch).map_err(|error| roads_error::failure(&error, self.lang))
    }

    /// Reads or loads roads, and computes something on them; with what a planner should know of them.
    pub(crate) fn search<T>(
        &self,
        files: &[PathBuf],
        args: &NetworkArgs,
        work: impl FnOnce(&RoadSearch<'_>) -> Result<T, Error>,
    ) -> Result<(T, Remarks), Failure> {
        const NAMES: usize = 5;
        let (found, remarks) = self.on_roads(|watch| {
            let network = open(files, args, watch)?;
            self.stats.roads(&network);
            let found =
                work(&RoadSearch { network: &network, engine: args.search.unwrap_or_default(), watch })?;
            Ok((found, Remarks::of(&network, NAMES, self.lang)))
        })?;
        self.warn(&remarks);
        Ok((found, remarks))
    }

    /// Tells what is wrong with roads that can be used all the same.
    pub(crate) fn warn(&self, remarks: &Remarks) {
        if let Some(missing) = &remarks.missing {
            speak::warning(missing, self.lang);
        }
    }
}

/// The network of a saved file, or of extracts: a territory may name either.
fn open(files: &[PathBuf], args: &NetworkArgs, watch: &Watch<'_>) -> Result<RoadNetwork, Error> {
    let profile = profile(&args.vehicle)?;
    match files {
        [file] if args.roads.is_some() || RoadNetwork::is_saved(file)? => {
            RoadNetwork::load(file, &profile, watch)
        }
        extracts => read(extracts, &profile, watch),
    }
}

/// The network of extracts.
pub(crate) fn read(extracts: &[PathBuf], profile: &Profile, watch: &Watch<'_>) -> Result<RoadNetwork, Error> {
    let extracts: Vec<&Path> = extracts.iter().map(PathBuf::as_path).collect();
    RoadNetwork::read_all(&extracts, profile, watch)
}

/// The vehicle and the season that the options name.
pub(crate) fn profile(vehicle: &VehicleArgs) -> Result<Profile, Error> {
    let profile = vehicle.profile.as_deref().map_or_else(|| Ok(Profile::van()), Profile::read)?;
    Ok(if vehicle.winter { profile.in_winter() } else { profile })
}

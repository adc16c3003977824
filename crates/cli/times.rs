//! `medicobus times`: driving times on the roads of an extract, as a table.

use std::path::Path;

use medicobus_core::lang::Lang;
use medicobus_core::plan::text::number;
use medicobus_core::territory;
use medicobus_core::times::{TravelTimes, points, table};
use medicobus_roads::{Cancel, Millis};

use crate::args::TimesArgs;
use crate::exit::{Exit, Failure};
use crate::{files, input, speak};

/// Longer trips between points are left out, unless others are asked for.
const WITHIN: Millis = Millis::from_minutes(60);

pub(crate) fn run(args: &TimesArgs, lang: Lang, cancel: &Cancel) -> Result<(), Failure> {
    files::check_file(&args.out).map_err(|error| error.into_failure(lang))?;
    let times = match (&args.territory, &args.points) {
        (Some(path), _) => of_territory(path, args, lang, cancel)?,
        (None, points) => {
            let path = points.as_deref().unwrap_or(Path::new(""));
            between_points(path, args, lang, cancel)?
        }
    };
    let mut text = Vec::new();
    table::write(&times, &mut text).map_err(|error| Failure::new(Exit::Internal, error.to_string()))?;
    files::write_all(&[(args.out.clone(), text)]).map_err(|error| error.into_failure(lang))?;
    let (count, out) = (number(times.iter().count() as f64, 0, lang), args.out.display());
    speak::result(
        &match lang {
            Lang::Fr => format!("{count} temps de trajet écrits dans {out}.\n"),
            Lang::En => format!("{count} travel times written to {out}.\n"),
        },
        lang,
    )
}

fn of_territory(path: &Path, args: &TimesArgs, lang: Lang, cancel: &Cancel) -> Result<TravelTimes, Failure> {
    let sources = territory::read(path).map_err(|error| input::unreadable(&error, lang))?;
    input::tell_warnings(&sources, lang);
    let times = input::drive(&sources.territory, &args.osm, lang, cancel)?;
    let unreached = input::unreached_places(&sources.territory, &times);
    input::tell_unreached(&unreached, lang);
    Ok(match args.within {
        Some(within) => no_longer_than(within, &times),
        None => times,
    })
}

/// The trips that take no longer than this.
fn no_longer_than(within: Millis, times: &TravelTimes) -> TravelTimes {
    let mut shorter = TravelTimes::new(times.source);
    for (from, to, trip) in times.iter().filter(|(_, _, trip)| trip.time <= within) {
        shorter.insert(from, to, trip);
    }
    shorter
}

fn between_points(
    path: &Path,
    args: &TimesArgs,
    lang: Lang,
    cancel: &Cancel,
) -> Result<TravelTimes, Failure> {
    let points = points::read(path).map_err(|error| input::unreadable(&error, lang))?;
    let within = args.within.unwrap_or(WITHIN);
    let times = input::on_roads(&args.osm, lang, cancel, |network, watch| {
        points::between(&points, network, within, watch)
    })?;
    let ids = points.iter().map(|point| point.id.as_str());
    let unreached: Vec<&str> = ids.filter(|id| times.why_out_of_reach(id).is_some()).collect();
    input::tell_unreached(&unreached, lang);
    Ok(times)
}

//! `medicobus times`: driving times on the roads of an extract, as a table.

use std::path::{Path, PathBuf};

use medicobus_core::lang::Lang;
use medicobus_core::plan::text::number;
use medicobus_core::territory;
use medicobus_core::times::{DetailWriter, PairOnRoads, Tally, Teller, TravelTimes, points, table};
use medicobus_roads::Millis;

use crate::args::TimesArgs;
use crate::exit::{Exit, Failure};
use crate::network::Desk;
use crate::show::remarks::Remarks;
use crate::show::wrap;
use crate::stats::{self, Part};
use crate::{files, input, speak};

/// Longer trips between points are left out, unless others are asked for.
const WITHIN: Millis = Millis::from_minutes(60);

pub(crate) fn run(args: &TimesArgs, desk: Desk<'_>) -> Result<(), Failure> {
    let Desk { lang, stats, .. } = desk;
    for path in [Some(args.out.as_path()), args.details.as_deref()].into_iter().flatten() {
        files::check_file(path).map_err(|error| error.into_failure(lang))?;
    }
    stats::check_file(args.stats.file.as_deref(), lang)?;
    let files_read = args.network.files();
    let read =
        files_read.iter().chain(&args.network.vehicle.profile).chain(&args.points).map(PathBuf::as_path);
    files::check_apart(read, &written(args)).map_err(|error| error.into_failure(lang))?;
    let internal = |error: std::io::Error| Failure::new(Exit::Internal, error.to_string());
    let mut details = DetailWriter::new(Vec::new()).map_err(internal)?;
    let mut tell = |pair: &PairOnRoads<'_>| {
        // Memory takes all that is written to it.
        let _ = details.add(pair);
    };
    let teller: Option<Teller<'_>> = if args.details.is_some() { Some(&mut tell) } else { None };
    let (times, tally, remarks) = match (&args.territory, &args.points) {
        (Some(path), _) => of_territory(path, args, desk, teller)?,
        (None, points) => between_points(points.as_deref().unwrap_or(Path::new("")), args, desk, teller)?,
    };
    stats.enter(Part::Write);
    let mut text = Vec::new();
    table::write(&times, &mut text).map_err(internal)?;
    let mut contents = vec![(args.out.clone(), text)];
    if let Some(path) = &args.details {
        contents.push((path.clone(), details.finish().map_err(internal)?));
    }
    files::write_all(&contents).map_err(|error| error.into_failure(lang))?;
    stats.save(args.stats.file.as_deref(), "times", lang)?;
    speak::result(&said(args, &times, &tally, &remarks, lang), lang)
}

/// The files to write.
fn written(args: &TimesArgs) -> Vec<&Path> {
    let files = [Some(args.out.as_path()), args.details.as_deref(), args.stats.file.as_deref()];
    files.into_iter().flatten().collect()
}

/// What was written, and which pairs have no trip.
fn said(args: &TimesArgs, times: &TravelTimes, tally: &Tally, remarks: &Remarks, lang: Lang) -> String {
    let whole = |count: u64| number(count as f64, 0, lang);
    let (count, out) = (whole(times.iter().count() as u64), args.out.display());
    let mut text = match lang {
        Lang::Fr => format!("{count} temps de trajet écrits dans {out}.\n"),
        Lang::En => format!("{count} travel times written to {out}.\n"),
    };
    let mut tell = |count: u64, fr: &str, en: &str| {
        if count > 0 {
            let what = if lang == Lang::Fr { fr } else { en };
            text.push_str(&format!("  {} {what}\n", whole(count)));
        }
    };
    tell(tally.by_ferry, "par bac, attente comprise", "by ferry, the wait included");
    tell(tally.beyond, "paires sans trajet : trop longues", "pairs without a trip: too long");
    tell(
        tally.off_roads,
        "paires sans trajet : un lieu loin des routes",
        "pairs without a trip: a place far from roads",
    );
    tell(
        tally.isolated,
        "paires sans trajet : un lieu à des routes isolées des autres",
        "pairs without a trip: a place at roads that do not join the others",
    );
    remarks.winter.iter().for_each(|line| text.push_str(&wrap::paragraph(line)));
    text
}

fn of_territory(
    path: &Path,
    args: &TimesArgs,
    desk: Desk<'_>,
    teller: Option<Teller<'_>>,
) -> Result<(TravelTimes, Tally, Remarks), Failure> {
    let sources = territory::read(path).map_err(|error| input::unreadable(&error, desk.lang))?;
    files::check_apart(sources.files(), &written(args)).map_err(|error| error.into_failure(desk.lang))?;
    input::tell_warnings(&sources, desk.lang);
    let given = args.network.files();
    let roads = if given.is_empty() { &sources.roads } else { &given };
    if roads.is_empty() {
        return Err(without_roads(desk.lang));
    }
    let ((times, tally), remarks) = desk
        .search(roads, &args.network, |search| TravelTimes::searched(&sources.territory, search, teller))?;
    let unreached = input::unreached_places(&sources.territory, &times);
    input::tell_unreached(&unreached, desk.lang);
    let (times, tally) = match args.within {
        Some(within) => no_longer_than(within, &times, tally),
        None => (times, tally),
    };
    Ok((times, tally, remarks))
}

fn without_roads(lang: Lang) -> Failure {
    let message = match lang {
        Lang::Fr => {
            "Aucune route où calculer : donnez --osm EXTRAIT ou --roads ROUTES, ou nommez-les sous [roads] dans le territoire."
        }
        Lang::En => {
            "No roads to compute on: give --osm EXTRACT or --roads ROADS, or name them under [roads] in the territory."
        }
    };
    Failure::new(Exit::BadInput, message)
}

/// The trips that take no longer than this.
fn no_longer_than(within: Millis, times: &TravelTimes, tally: Tally) -> (TravelTimes, Tally) {
    let mut shorter = TravelTimes::new(times.source);
    let (mut longer, mut by_ferry) = (0, 0);
    for (from, to, trip) in times.iter() {
        if trip.time <= within {
            shorter.insert(from, to, trip);
            by_ferry += u64::from(trip.ferry);
        } else {
            longer += 1;
        }
    }
    let trips = tally.trips.saturating_sub(longer);
    (shorter, Tally { trips, by_ferry, beyond: tally.beyond + longer, ..tally })
}

fn between_points(
    path: &Path,
    args: &TimesArgs,
    desk: Desk<'_>,
    teller: Option<Teller<'_>>,
) -> Result<(TravelTimes, Tally, Remarks), Failure> {
    let points = points::read(path).map_err(|error| input::unreadable(&error, desk.lang))?;
    let within = args.within.unwrap_or(WITHIN);
    let ((times, tally), remarks) = desk.search(&args.network.files(), &args.network, |search| {
        points::between(&points, search, within, teller)
    })?;
    let ids = points.iter().map(|point| point.id.as_str());
    let unreached: Vec<&str> = ids.filter(|id| times.why_out_of_reach(id).is_some()).collect();
    input::tell_unreached(&unreached, desk.lang);
    Ok((times, tally, remarks))
}

//! A territory and the travel times that count: `--times`, else `--osm` or `--roads`, else those the territory names, else an
//! estimate.

use std::path::PathBuf;

use medicobus_core::Problem;
use medicobus_core::lang::Lang;
use medicobus_core::territory::{self, ReadError, Sources, Territory};
use medicobus_core::times::{TimesSource, TravelTimes, base_name};

use crate::args::{InputArgs, NetworkArgs, VehicleArgs};
use crate::exit::{Exit, Failure};
use crate::network::Desk;
use crate::show::count::counted;
use crate::show::remarks::Remarks;
use crate::speak;
use crate::stats::Part;

/// A planning question and what a person should know about where it comes from.
pub(crate) struct Input {
    pub(crate) problem: Problem,
    /// Where it was read.
    pub(crate) sources: Sources,
    /// Where its travel times come from, and what to know of them: sentences, one line after the other.
    pub(crate) times: String,
    /// How many warnings were told.
    pub(crate) warnings: usize,
}

/// Reads a planning question, and tells its warnings.
pub(crate) fn read(args: &InputArgs, desk: Desk<'_>) -> Result<Input, Failure> {
    read_and(args, desk, |_| Ok(()))
}

/// Reads a planning question, and changes its territory by what the command line says besides.
pub(crate) fn read_and(
    args: &InputArgs,
    desk: Desk<'_>,
    change: impl FnOnce(&mut Territory) -> Result<(), Failure>,
) -> Result<Input, Failure> {
    let lang = desk.lang;
    let (sources, times, mut origin, remarks) = read_times(args, desk)?;
    desk.stats.enter(Part::Other);
    let mut territory = sources.territory.clone();
    change(&mut territory)?;
    let problem = Problem::new(territory, &times).map_err(|faults| {
        let lines: Vec<String> =
            faults.into_iter().map(|fault| sources.locate(fault).message(lang)).collect();
        Failure::new(Exit::BadInput, with_count(&lines.join("\n"), lines.len(), lang))
    })?;
    let unreached = unreached_places(&sources.territory, &times);
    tell_warnings(&sources, lang);
    tell_unused(&args.network, &times, lang);
    tell_unreached(&unreached, lang);
    tell_ferries(&mut origin, problem.times(), lang);
    let lacking = remarks.as_ref().is_some_and(|remarks| remarks.missing.is_some());
    for line in remarks.iter().flat_map(|remarks| &remarks.winter) {
        origin.push('\n');
        origin.push_str(line);
    }
    let warnings = sources.warnings.len() + usize::from(!unreached.is_empty()) + usize::from(lacking);
    Ok(Input { problem, sources, times: origin, warnings })
}

/// The driving times of a territory on roads.
fn drive(
    territory: &Territory,
    files: &[PathBuf],
    args: &InputArgs,
    desk: Desk<'_>,
) -> Result<(TravelTimes, Remarks), Failure> {
    desk.search(files, &args.network, |search| {
        TravelTimes::searched(territory, search, None).map(|(times, _)| times)
    })
}

/// Says how many of the trips that count are by ferry, if any are.
fn tell_ferries(origin: &mut String, times: &TravelTimes, lang: Lang) {
    let count = times.iter().filter(|(_, _, trip)| trip.ferry).count();
    let [one, several] = match lang {
        Lang::Fr => ["trajet passe", "trajets passent"],
        Lang::En => ["trip goes", "trips go"],
    };
    let counted = counted(count as f64, [one, several], lang);
    if count > 0 {
        origin.push_str(&match lang {
            Lang::Fr => format!("\n{counted} par un bac, attente comprise."),
            Lang::En => format!("\n{counted} by ferry, the wait included."),
        });
    }
}

/// Every fault of files that could not be read, and how many there are.
pub(crate) fn unreadable(error: &ReadError, lang: Lang) -> Failure {
    let exit = if error.is_io() { Exit::Files } else { Exit::BadInput };
    let errors = error.faults().iter().filter(|located| located.fault.is_error()).count();
    Failure::new(exit, with_count(&error.message(lang), errors, lang))
}

/// The territory, its times, where these come from in one sentence, and what roads tell of themselves.
fn read_times(
    args: &InputArgs,
    desk: Desk<'_>,
) -> Result<(Sources, TravelTimes, String, Option<Remarks>), Failure> {
    let lang = desk.lang;
    let files = args.network.files();
    if !files.is_empty() {
        let sources = territory::read(&args.territory).map_err(|error| unreadable(&error, lang))?;
        let (times, remarks) = drive(&sources.territory, &files, args, desk)?;
        return Ok((sources, times, origin(TimesSource::Roads, &files, lang), Some(remarks)));
    }
    let (sources, table) = territory::read_with_times(&args.territory, args.times.as_deref())
        .map_err(|error| unreadable(&error, lang))?;
    if let Some(times) = table {
        let file: Vec<PathBuf> = args.times.iter().chain(&sources.times).take(1).cloned().collect();
        return Ok((sources, times, origin(TimesSource::Table, &file, lang), None));
    }
    let (times, remarks) = match &sources.roads[..] {
        [] => (TravelTimes::estimated(&sources.territory), None),
        files => {
            let (times, remarks) = drive(&sources.territory, files, args, desk)?;
            (times, Some(remarks))
        }
    };
    let origin = origin(times.source, &sources.roads, lang);
    Ok((sources, times, origin, remarks))
}

/// Tells that options of roads change nothing where times are not driven on any.
fn tell_unused(args: &NetworkArgs, times: &TravelTimes, lang: Lang) {
    let VehicleArgs { profile, winter } = &args.vehicle;
    let given =
        [("--profile", profile.is_some()), ("--winter", *winter), ("--search", args.search.is_some())];
    let unused: Vec<&str> = given.into_iter().filter(|(_, given)| *given).map(|(name, _)| name).collect();
    if unused.is_empty() || times.source == TimesSource::Roads {
        return;
    }
    let unused = unused.join(", ");
    speak::warning(
        &match lang {
            Lang::Fr => format!(
                "{unused} : sans effet, car les temps ne sont pas calculés sur des routes (--osm ou --roads)."
            ),
            Lang::En => {
                format!("{unused}: without effect, since times are not computed on roads (--osm or --roads).")
            }
        },
        lang,
    );
}

fn origin(source: TimesSource, files: &[PathBuf], lang: Lang) -> String {
    let name = |path: &PathBuf| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let file = files.iter().map(name).collect::<Vec<_>>().join(", ");
    match (source, lang) {
        (TimesSource::Roads, Lang::Fr) => format!("Temps de trajet : réseau routier {file}."),
        (TimesSource::Roads, Lang::En) => format!("Travel times: road network {file}."),
        (TimesSource::Table, Lang::Fr) => format!("Temps de trajet : table {file}."),
        (TimesSource::Table, Lang::En) => format!("Travel times: table {file}."),
        (TimesSource::Estimate, Lang::Fr) => {
            "Temps de trajet : estimation à vol d'oiseau, à 8\u{202f}% près une fois sur \
            deux, à 25\u{202f}% près neuf fois sur dix. Pour les calculer sur les routes : --osm EXTRAIT."
                .to_owned()
        }
        (TimesSource::Estimate, Lang::En) => {
            "Travel times: estimate from crow-fly distances, within 8% half of the \
            time, within 25% nine times out of ten. To compute them on roads: --osm EXTRACT."
                .to_owned()
        }
    }
}

/// Tells what a planner should look at in the files of a territory.
pub(crate) fn tell_warnings(sources: &Sources, lang: Lang) {
    for located in &sources.warnings {
        speak::warning(&located.message(lang), lang);
    }
}

/// The communes, sites and bases that no road reaches, by their names in travel times.
pub(crate) fn unreached_places(territory: &Territory, times: &TravelTimes) -> Vec<String> {
    let communes = territory.communes.iter().map(|commune| commune.code.clone());
    let sites = territory.sites.iter().filter(|site| site.id != site.commune).map(|site| site.id.clone());
    let bases = territory.vehicles.iter().map(base_name);
    communes.chain(sites).chain(bases).filter(|name| times.why_out_of_reach(name).is_some()).collect()
}

/// Tells which places no road reaches, if there are any.
pub(crate) fn tell_unreached<S: AsRef<str>>(names: &[S], lang: Lang) {
    const EXAMPLES: usize = 5;
    let mut listed = names.iter().take(EXAMPLES).map(AsRef::as_ref).collect::<Vec<_>>().join(", ");
    if names.len() > EXAMPLES {
        listed.push_str(", ...");
    }
    let text = match (names.len(), lang) {
        (0, _) => return,
        (1, Lang::Fr) => format!(
            "{listed} est hors d'atteinte : à plus de 2 km de toute route de l'extrait, ou à des routes qui ne se \
             rattachent pas aux autres. Vérifiez ses coordonnées, et que les extraits couvrent tout le territoire."
        ),
        (1, Lang::En) => format!(
            "{listed} is out of reach: more than 2 km away from any road of the extract, or at roads that do not \
             join the others. Check its coordinates, and that the extracts cover the whole territory."
        ),
        (count, Lang::Fr) => format!(
            "{count} lieux sont hors d'atteinte ({listed}) : à plus de 2 km de toute route de l'extrait, ou à des \
             routes qui ne se rattachent pas aux autres. Vérifiez leurs coordonnées, et que les extraits couvrent \
             tout le territoire."
        ),
        (count, Lang::En) => format!(
            "{count} places are out of reach ({listed}): more than 2 km away from any road of the extract, or at \
             roads that do not join the others. Check their coordinates, and that the extracts cover the whole \
             territory."
        ),
    };
    speak::warning(&text, lang);
}

fn with_count(message: &str, errors: usize, lang: Lang) -> String {
    let count = match (errors, lang) {
        (1, Lang::Fr) => "1 erreur.".to_owned(),
        (1, Lang::En) => "1 error.".to_owned(),
        (errors, Lang::Fr) => format!("{errors} erreurs."),
        (errors, Lang::En) => format!("{errors} errors."),
    };
    format!("{message}\n{count}")
}

//! `medicobus roads build`: extracts become roads that load at once.

use std::path::{Path, PathBuf};

use medicobus_core::lang::Lang;
use medicobus_core::plan::text::number;
use medicobus_roads::Summary;

use crate::args::BuildArgs;
use crate::exit::Failure;
use crate::network::{self, Desk};
use crate::show::count::counted;
use crate::show::remarks::Remarks;
use crate::show::wrap;
use crate::stats::Part;
use crate::{files, speak};

pub(crate) fn build(args: &BuildArgs, desk: Desk<'_>) -> Result<(), Failure> {
    let Desk { lang, stats, .. } = desk;
    for path in [Some(args.out.as_path()), args.stats.file.as_deref()].into_iter().flatten() {
        files::check_file(path).map_err(|error| error.into_failure(lang))?;
    }
    let read = args.extracts.iter().chain(&args.vehicle.profile).map(PathBuf::as_path);
    let written: Vec<&Path> =
        [Some(args.out.as_path()), args.stats.file.as_deref()].into_iter().flatten().collect();
    files::check_apart(read, &written).map_err(|error| error.into_failure(lang))?;
    let (summary, remarks) = desk.on_roads(|watch| {
        let network = network::read(&args.extracts, &network::profile(&args.vehicle)?, watch)?;
        network.contract(watch)?;
        stats.roads(&network);
        stats.enter(Part::Write);
        network.save(&args.out)?;
        Ok((network.summary().clone(), Remarks::of(&network, usize::MAX, lang)))
    })?;
    desk.warn(&remarks);
    stats.save(args.stats.file.as_deref(), "roads build", lang)?;
    let mut text = held(&summary, lang);
    remarks.winter.iter().for_each(|line| text.push_str(&wrap::paragraph(line)));
    text.push_str(&match lang {
        Lang::Fr => format!("Écrit : {}\n", args.out.display()),
        Lang::En => format!("Written: {}\n", args.out.display()),
    });
    speak::result(&text, lang)
}

/// What a network holds, line by line.
fn held(summary: &Summary, lang: Lang) -> String {
    let km = |metres: u64| format!("{} km", number(metres as f64 / 1000.0, 0, lang));
    let count = |count: u64, fr: [&str; 2], en: [&str; 2]| {
        counted(count as f64, if lang == Lang::Fr { fr } else { en }, lang)
    };
    let french = lang == Lang::Fr;
    let junctions = count(summary.junctions, ["carrefour", "carrefours"], ["junction", "junctions"]);
    let mut lines = vec![match lang {
        Lang::Fr => format!("{} de routes, {junctions}", km(summary.metres)),
        Lang::En => format!("{} of roads, {junctions}", km(summary.metres)),
    }];
    let mut tell = |metres: u64, fr: &str, en: &str| {
        if metres > 0 {
            lines.push(format!("{} {}", km(metres), if french { fr } else { en }));
        }
    };
    tell(
        summary.metres_left_out,
        "laissés de côté : on ne peut pas à la fois y aller et en revenir",
        "left out: they cannot be both reached and left",
    );
    tell(
        summary.metres_ends_only,
        "seulement pour y partir ou y arriver",
        "only to set out from or to arrive at",
    );
    if summary.restrictions > 0 {
        lines.push(count(
            summary.restrictions,
            ["interdiction de tourner", "interdictions de tourner"],
            ["turn restriction", "turn restrictions"],
        ));
    }
    if summary.ferries > 0 {
        lines.push(count(summary.ferries, ["bac", "bacs"], ["ferry", "ferries"]));
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

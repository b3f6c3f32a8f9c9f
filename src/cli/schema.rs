//! `convene schema`: what the content's files can say, for editors.

use super::args::Common;
use super::failure::Failure;
use super::output::{print, print_json};
use crate::content::schema::{File, schema};
use crate::store;
use std::path::PathBuf;

/// Print the JSON Schema (draft 7) of a kind of content file, by which editors complete keys and show mistakes.
///
/// Or write all of them into a folder. The README tells how Even Better TOML uses them.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Which kind of file.
    #[arg(value_enum, required_unless_present = "out", conflicts_with = "out")]
    file: Option<Kind>,
    /// Write all into this folder: site.schema.json and so on.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[command(flatten)]
    common: Common,
}

/// A kind of content file.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Kind {
    /// site.toml.
    Site,
    /// The front matter of a series.md.
    Series,
    /// The front matter of a dated file.
    Date,
    /// records.toml.
    Records,
    /// A list of holidays.
    Holidays,
    /// The front matter of a page.
    Page,
}

impl Kind {
    fn file(self) -> File {
        match self {
            Kind::Site => File::Site,
            Kind::Series => File::Series,
            Kind::Date => File::Date,
            Kind::Records => File::Records,
            Kind::Holidays => File::Holidays,
            Kind::Page => File::Page,
        }
    }
}

/// # Errors
/// A folder that cannot be written.
pub(super) fn run(args: &Args) -> Result<(), Failure> {
    if let Some(kind) = args.file {
        return Ok(print_json(&schema(kind.file()))?);
    }
    let Some(folder) = &args.out else { return Ok(()) };
    let written = |file: File| {
        let name = format!("{}.schema.json", file.name());
        (name, format!("{:#}\n", schema(file)).into_bytes())
    };
    let files: Vec<_> = File::ALL.into_iter().map(written).collect();
    store::write_files(folder, &files)?;
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    Ok(print(&format!("written: {}\n", names.join(", ")))?)
}

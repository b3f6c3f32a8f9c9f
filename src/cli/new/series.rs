//! What a new series needs to say.

use super::ask::{Asker, Question};
use super::community::short;
use crate::cli::args::{lasts, line, link, local, slug, zone};
use crate::cli::failure::Failure;
use crate::content::edit::NewSeries;
use crate::model::{Line, Link, Local, Slug, Zone};
use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};

/// What the options say of it.
#[derive(clap::Args)]
#[group(skip)]
#[command(next_help_heading = "Of a new series")]
pub(super) struct Said {
    /// What the series is called.
    #[arg(long, value_name = "TEXT", value_parser = line)]
    title: Option<Line>,
    /// Its short name, the name of its folder: oci-weekly.
    #[arg(long, value_name = "NAME", value_parser = slug)]
    slug: Option<Slug>,
    /// When it first meets, local: 2026-12-03T10:00, or 2026-12-03 for whole days.
    #[arg(long, value_name = "DATETIME", value_parser = local)]
    start: Option<Local>,
    /// How often: week, 2 weeks, month, 3 months, year.
    #[arg(long, value_name = "HOW OFTEN", value_parser = line)]
    every: Option<Line>,
    /// On which day: Thursday, first Thursday, last Friday; without it, that of the first meeting.
    #[arg(long, value_name = "DAY", value_parser = line)]
    on: Option<Line>,
    /// Its zone.
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    zone: Option<Zone>,
    /// How long it lasts: 1h, 90m, 2 days.
    #[arg(long, value_name = "TIME", value_parser = lasts)]
    lasts: Option<TimeDelta>,
    /// Where to join.
    #[arg(long, value_name = "URL", value_parser = link)]
    join: Option<Link>,
    /// The agenda's page.
    #[arg(long, value_name = "URL", value_parser = link)]
    agenda: Option<Link>,
}

impl Said {
    /// All of it, asked for where it was not said; `zone` is the site's.
    ///
    /// # Errors
    /// An answer that lacks.
    pub(super) fn ask(
        &self,
        asker: &Asker,
        site: Zone,
        now: DateTime<Utc>,
    ) -> Result<NewSeries, Failure> {
        let text = "What is the meeting called?";
        let question = Question { option: "--title", text, read: line };
        let title = asker.ask(self.title.clone(), &question, None)?;
        let text = "Its short name, for addresses:";
        let question = Question { option: "--slug", text, read: slug };
        let proposed = short(title.as_str());
        let slug = asker.ask(self.slug.clone(), &question, proposed.as_deref())?;
        let text = "When does it first meet, local, such as 2026-12-03T10:00?";
        let question = Question { option: "--start", text, read: local };
        let start = asker.ask(self.start, &question, None)?;
        let text = "In which time zone?";
        let question = Question { option: "--zone", text, read: zone };
        let zone = asker.ask(self.zone, &question, Some(site.name()))?;
        let text = "How often: week, 2 weeks, month, 3 months, year?";
        let question = Question { option: "--every", text, read: line };
        let every = asker.ask(self.every.clone(), &question, Some("week"))?;
        let on = self.on(asker, &every, start.date())?;
        let is_timed = start.time().is_some();
        let text = "How long does it last?";
        let question = Question { option: "--lasts", text, read: lasts };
        let proposed = if is_timed { "1h" } else { "1 day" };
        let lasts = asker.ask(self.lasts, &question, Some(proposed))?;
        let text = "Where do people join, as an address?";
        let join =
            asker.ask_maybe(self.join.clone(), &Question { option: "--join", text, read: link })?;
        let text = "Where is its agenda, as an address?";
        let agenda = asker
            .ask_maybe(self.agenda.clone(), &Question { option: "--agenda", text, read: link })?;
        let zone = Some(zone).filter(|zone| *zone != site);
        let lasts = Some(lasts);
        Ok(NewSeries { slug, title, join, agenda, start, every, on, zone, lasts, updated: now })
    }

    /// The day of the week or of the month; a year needs none.
    fn on(&self, asker: &Asker, every: &Line, first: NaiveDate) -> Result<Option<Line>, Failure> {
        let weekday = first.format("%A").to_string();
        let proposed = match every.as_str() {
            "year" => return Ok(self.on.clone()),
            every if every.ends_with("month") || every.ends_with("months") => {
                let which = ["first", "second", "third", "fourth"];
                let week = usize::try_from(first.day0() / 7).unwrap_or_default();
                format!("{} {weekday}", which.get(week).copied().unwrap_or("last"))
            }
            _ => weekday,
        };
        let question = Question { option: "--on", text: "On which day?", read: line };
        asker.ask(self.on.clone(), &question, Some(&proposed)).map(Some)
    }
}

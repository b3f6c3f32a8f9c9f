//! What a new series needs to say.

use super::ask::{Asker, Question};
use super::trial::Trial;
use crate::cli::args::{lasts, line, link, local, slug, zone};
use crate::cli::failure::Failure;
use crate::cli::output::complain;
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
    /// All of it, asked for where it was not said; `site` is the site's zone.
    ///
    /// # Errors
    /// An answer that lacks, or that cannot be.
    pub(super) fn ask(
        &self,
        asker: &Asker,
        trial: &Trial,
        site: Zone,
        now: DateTime<Utc>,
    ) -> Result<NewSeries, Failure> {
        let text = "What is the meeting called?";
        let title = asker.ask(self.title.clone(), &Question::of("--title", text, line), None)?;
        let text = "Its short name, for addresses:";
        let check = |slug: &Slug| trial.series(&begun(&title, slug, now)?, &[]);
        let question = Question::of("--slug", text, slug).tried(&check);
        let proposed = trial.short_name(title.as_str());
        let slug = asker.ask(self.slug.clone(), &question, proposed.as_ref().map(Slug::as_str))?;
        let begun = begun(&title, &slug, now).map_err(Failure::Misuse)?;
        let series = loop {
            let series = self.ask_when(asker, trial, site, &begun)?;
            match (trial.series(&series, &[]), self.start) {
                (Ok(()), _) => break series,
                // The clock skips that time on one of the dates, say: all of it is asked anew.
                (Err(why), None) => complain(&format!("  {why}\n")),
                (Err(why), Some(_)) => return Err(Failure::Answer(format!("--start: {why}"))),
            }
        };
        self.ask_what(asker, trial, series)
    }

    /// When it meets.
    fn ask_when(
        &self,
        asker: &Asker,
        trial: &Trial,
        site: Zone,
        begun: &NewSeries,
    ) -> Result<NewSeries, Failure> {
        let text = "When does it first meet, local, such as 2026-12-03T10:00?";
        let from = |start: &Local| NewSeries { start: *start, ..begun.clone() };
        let check = |start: &Local| trial.series(&from(start), &["from"]);
        let question = Question::of("--start", text, local).tried(&check);
        let series = from(&asker.ask(self.start, &question, None)?);
        let text = "In which time zone?";
        let zone = asker.ask(self.zone, &Question::of("--zone", text, zone), Some(site.name()))?;
        let series = NewSeries { zone: Some(zone).filter(|zone| *zone != site), ..series };
        let text = "How often: week, 2 weeks, month, 3 months, year?";
        let each = |every: &Line| NewSeries { every: every.clone(), ..series.clone() };
        let check = |every: &Line| trial.series(&each(every), &["every"]);
        let question = Question::of("--every", text, line).tried(&check);
        let series = each(&asker.ask(self.every.clone(), &question, Some("week"))?);
        let Some(proposed) = day(series.every.as_str(), series.start.date()) else {
            return Ok(NewSeries { on: self.on.clone(), ..series });
        };
        let on = |on: &Line| NewSeries { on: Some(on.clone()), ..series.clone() };
        let check = |day: &Line| trial.series(&on(day), &["on", "from"]);
        let question = Question::of("--on", "On which day?", line).tried(&check);
        Ok(on(&asker.ask(self.on.clone(), &question, Some(&proposed))?))
    }

    /// How long it lasts, and where it is.
    fn ask_what(
        &self,
        asker: &Asker,
        trial: &Trial,
        series: NewSeries,
    ) -> Result<NewSeries, Failure> {
        let text = "How long does it last?";
        let long = |lasts: &TimeDelta| NewSeries { lasts: Some(*lasts), ..series.clone() };
        let check = |lasts: &TimeDelta| trial.series(&long(lasts), &[]);
        let question = Question::of("--lasts", text, lasts).tried(&check);
        let proposed = if series.start.time().is_some() { "1h" } else { "1 day" };
        let series = long(&asker.ask(self.lasts, &question, Some(proposed))?);
        let text = "Where do people join, as an address?";
        let at = |join: Option<&Link>| NewSeries { join: join.cloned(), ..series.clone() };
        let check = |join: &Link| trial.series(&at(Some(join)), &[]);
        let question = Question::of("--join", text, link).tried(&check);
        let series = at(asker.ask_maybe(self.join.clone(), &question)?.as_ref());
        let text = "Where is its agenda, as an address?";
        let about = |agenda: Option<&Link>| NewSeries { agenda: agenda.cloned(), ..series.clone() };
        let check = |agenda: &Link| trial.series(&about(Some(agenda)), &[]);
        let question = Question::of("--agenda", text, link).tried(&check);
        Ok(about(asker.ask_maybe(self.agenda.clone(), &question)?.as_ref()))
    }
}

/// With what is not asked yet as any series could have it.
fn begun(title: &Line, slug: &Slug, now: DateTime<Utc>) -> Result<NewSeries, String> {
    Ok(NewSeries {
        slug: slug.clone(),
        title: title.clone(),
        join: None,
        agenda: None,
        start: Local::Date(now.date_naive()),
        every: line("year")?,
        on: None,
        zone: None,
        lasts: None,
        updated: now,
    })
}

/// The day of the week or of the month that the first meeting is on; a year needs none.
fn day(every: &str, first: NaiveDate) -> Option<String> {
    let weekday = first.format("%A").to_string();
    if every.ends_with("year") || every.ends_with("years") {
        return None;
    }
    if every.ends_with("month") || every.ends_with("months") {
        let which = ["first", "second", "third", "fourth"];
        let week = usize::try_from(first.day0() / 7).unwrap_or_default();
        return Some(format!("{} {weekday}", which.get(week).copied().unwrap_or("last")));
    }
    Some(weekday)
}

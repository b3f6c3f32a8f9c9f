//! What a new community needs to say.

use super::ask::{Asker, Question};
use super::trial;
use crate::cli::args::{domain, language, line, link, slug, zone};
use crate::cli::failure::Failure;
use crate::content::edit::NewCommunity;
use crate::model::{Domain, Line, Link, Slug, Zone};

/// What the options say of it.
#[derive(clap::Args)]
#[group(skip)]
#[command(next_help_heading = "Of a new community")]
pub(super) struct Said {
    /// What the community is called.
    #[arg(long, value_name = "TEXT", value_parser = line)]
    name: Option<Line>,
    /// Its short name, of which its calendar's address is made: oci.
    #[arg(long, value_name = "NAME", value_parser = slug)]
    site_slug: Option<Slug>,
    /// One sentence on it.
    #[arg(long, value_name = "TEXT", value_parser = line)]
    description: Option<Line>,
    /// The address at which Convene will be seen: https://calendar.example.org.
    #[arg(long, value_name = "URL", value_parser = link)]
    url: Option<Link>,
    /// The domain that all UIDs are built on, for good: example.org.
    #[arg(long, value_name = "DOMAIN", value_parser = domain)]
    uid_domain: Option<Domain>,
    /// The zone of most of its meetings: America/Los_Angeles.
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    site_zone: Option<Zone>,
    /// Its language: en, de, ja.
    #[arg(long, value_name = "TAG", value_parser = language)]
    language: Option<Line>,
}

impl Said {
    /// All of it, asked for where it was not said.
    ///
    /// # Errors
    /// An answer that lacks.
    pub(super) fn ask(&self, asker: &Asker) -> Result<NewCommunity, Failure> {
        let text = "What is the community called?";
        let question = Question::of("--name", text, line);
        let name = asker.ask(self.name.clone(), &question, None)?;
        let text = "Its short name, for addresses:";
        let question = Question::of("--site-slug", text, slug);
        let proposed = Slug::of_title(name.as_str());
        let proposed = proposed.as_ref().map(Slug::as_str);
        let slug = asker.ask(self.site_slug.clone(), &question, proposed)?;
        let text = "One sentence on it:";
        let question = Question::of("--description", text, line);
        let proposed = format!("Meetings of {name}.");
        let description = asker.ask(self.description.clone(), &question, Some(&proposed))?;
        let text = "At which address will people see it, such as https://calendar.example.org?";
        let check =
            |url: &Link| trial::community(&begun(&name, &slug, &description, url)?, &["url"]);
        let question = Question::of("--url", text, link).tried(&check);
        let url = asker.ask(self.url.clone(), &question, None)?;
        let text = "The domain that every meeting's identity is built on, for good:";
        let question = Question::of("--uid-domain", text, domain);
        let proposed = host(&url);
        let uid_domain = asker.ask(self.uid_domain.clone(), &question, proposed.as_deref())?;
        let text = "In which time zone are most meetings planned?";
        let question = Question::of("--site-zone", text, zone);
        let zone = asker.ask(self.site_zone, &question, Some("UTC"))?;
        let text = "Its language:";
        let begun = begun(&name, &slug, &description, &url).map_err(Failure::Misuse)?;
        let new = NewCommunity { uid_domain, zone, ..begun };
        let with = |language: &Line| NewCommunity { language: language.clone(), ..new.clone() };
        let check = |language: &Line| trial::community(&with(language), &["language"]);
        let question = Question::of("--language", text, language).tried(&check);
        Ok(with(&asker.ask(self.language.clone(), &question, Some("en"))?))
    }
}

/// With what is not asked yet as anybody could have it.
fn begun(name: &Line, slug: &Slug, description: &Line, url: &Link) -> Result<NewCommunity, String> {
    Ok(NewCommunity {
        name: name.clone(),
        slug: slug.clone(),
        description: description.clone(),
        url: url.clone(),
        uid_domain: domain("example.org")?,
        zone: Zone::UTC,
        language: line("en")?,
    })
}

fn host(url: &Link) -> Option<String> {
    let after = url.as_str().split_once("://")?.1;
    let host = after.split(['/', ':', '?', '#']).next()?;
    Domain::new(host).map(|domain| domain.as_str().to_owned())
}

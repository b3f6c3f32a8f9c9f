//! Calendars as single subscribers want them: by options in the address, in a form by its name.

use super::{Coded, Document};
use crate::model::Community;
use crate::render::Scope;
use crate::render::format::{CALENDAR, Format, JCAL, JSCALENDAR, XCAL};
use crate::render::icalendar::{Options, Refused, Syntax, check_size, render};
use crate::schedule::AsOf;
use chrono::{DateTime, Utc};

/// The forms of a calendar that can be asked for with options.
const FORMS: [(Syntax, Format); 4] = [
    (Syntax::Text, CALENDAR),
    (Syntax::JCal, JCAL),
    (Syntax::XCal, XCAL),
    (Syntax::JSCalendar, JSCALENDAR),
];

/// A calendar with options: what its address asks for, before it is rendered.
pub struct Wish<'a> {
    scope: Scope<'a>,
    syntax: Syntax,
    media_type: &'static str,
    options: Options,
}

/// What was rendered for those who ask for it, and until when it is true: a calendar with options, or
/// an answer to a program.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Its body in every coding.
    pub document: Coded,
    /// The moment for which it was rendered.
    pub as_of: DateTime<Utc>,
    /// The next moment at which any byte differs; none where nothing will.
    pub stale_at: Option<DateTime<Utc>>,
}

impl<'a> Wish<'a> {
    /// What a path and a query ask for; none where no calendar is at that path.
    ///
    /// # Errors
    /// A query that cannot be answered, with a sentence that says why.
    pub fn of(community: &'a Community, path: &str, query: &str) -> Option<Result<Self, Refused>> {
        let form = |(syntax, format): &(Syntax, Format)| {
            let stem = path.strip_suffix(syntax.extension())?;
            Some((*syntax, format.media_type, Scope::of_calendar(community, stem)?))
        };
        let (syntax, media_type, scope) = FORMS.iter().find_map(form)?;
        let options = Options::read(query).and_then(|options| options.of_today(&scope));
        Some(options.map(|options| Wish { scope, syntax, media_type, options }))
    }

    /// Whether the calendar is wanted just as the snapshot has it.
    pub fn is_published(&self) -> bool {
        self.options.is_default()
    }

    /// The path, and where there are options the query, that is the same for all who wish the same.
    pub fn address(&self) -> String {
        let path = self.syntax.paths(&self.scope).swap_remove(0);
        if self.is_published() { path } else { format!("{path}?{}", self.options) }
    }

    /// The calendar at that moment, compressed.
    ///
    /// # Errors
    /// One that would be too large, with a sentence that says what to ask for instead.
    pub fn render(&self, now: DateTime<Utc>) -> Result<Variant, Refused> {
        let as_of = AsOf::new(now);
        check_size(&self.scope, &self.options, &as_of)?;
        let text = render(self.syntax, &self.scope, &self.options, &as_of);
        let document = Coded::complete(&Document::new(self.media_type, text));
        Ok(Variant { document, as_of: now, stale_at: as_of.stale_at() })
    }
}

/// The path at which a calendar in text is served in that media type; none for other types.
pub fn path_in(path: &str, media_type: &str) -> Option<String> {
    let stem = path.strip_suffix(Syntax::Text.extension())?;
    let named = |format: &Format| format.media_type.split(';').next() == Some(media_type);
    let (syntax, _) = FORMS.iter().find(|(_, format)| named(format))?;
    Some(format!("{stem}{}", syntax.extension()))
}

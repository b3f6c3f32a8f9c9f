//! Kubernetes' `sigs.yaml` (kubernetes/community, `generator/app.go`): groups and their meetings.
//!
//! Day, time, zone and frequency are words for people, and so are read as such: what a rule cannot say
//! is left out with a note, never guessed at.

mod rhythm;
mod zones;

use super::ics::{Calendar, Plan, planned};
use super::{Note, Options, Unreadable, quoted};
use crate::content::{Outline, of_yaml};
use crate::model::Slug;
use crate::schedule::ZoneRules;
use chrono::{NaiveDate, NaiveTime};
use rhythm::Rhythm;

/// The kinds of group: their key, what stands before a group's name, and their tag.
const KINDS: [(&str, &str, &str); 4] = [
    ("sigs", "SIG", "sig"),
    ("workinggroups", "WG", "working-group"),
    ("usergroups", "UG", "user-group"),
    ("committees", "Committee", "committee"),
];

/// Reads all groups.
///
/// # Errors
/// A text that is no YAML, or has no meeting that can be kept.
pub(super) fn read(
    text: &str,
    options: &Options,
    notes: &mut Vec<Note>,
) -> Result<Calendar, Unreadable> {
    let file = of_yaml(text).map_err(|why| Unreadable::at(why.line, why.reason))?;
    let mut reader = Reader { options, plans: Vec::new(), notes };
    for (key, prefix, tag) in KINDS {
        for group in file.get(key).map(Outline::items).unwrap_or_default() {
            reader.group(group, prefix, tag);
        }
    }
    let plans = reader.plans;
    if plans.is_empty() {
        let why = notes.first().map(|note| format!(": {}", note.text)).unwrap_or_default();
        return Err(Unreadable::at(0, format!("there is no meeting in it that can be kept{why}")));
    }
    let text =
        "leaders, contacts, owners and missions of groups were left out: only meetings were read";
    notes.push(Note::of_file(text));
    let minutes = options.lasts.num_minutes();
    notes.push(Note::of_file(format!(
        "the file does not say how long meetings are: {minutes} minutes were taken"
    )));
    planned(None, Vec::new(), plans, options, notes)
}

struct Reader<'a> {
    options: &'a Options,
    plans: Vec<Plan>,
    notes: &'a mut Vec<Note>,
}

impl Reader<'_> {
    fn group(&mut self, group: &Outline, prefix: &str, tag: &str) {
        let name = group.text_of("name").or(group.text_of("dir")).unwrap_or("without a name");
        let full = match prefix {
            "Committee" => format!("{name} {prefix}"),
            _ => format!("{prefix} {name}"),
        };
        let tags = [Some(tag), group.text_of("dir")].into_iter().flatten();
        let tags: Vec<Slug> = tags.filter_map(Slug::new).collect();
        for meeting in group.get("meetings").map(Outline::items).unwrap_or_default() {
            self.meeting(meeting, &full, &tags);
        }
        for part in group.get("subprojects").map(Outline::items).unwrap_or_default() {
            let full = format!("{full}, {}", part.text_of("name").unwrap_or("a subproject"));
            for meeting in part.get("meetings").map(Outline::items).unwrap_or_default() {
                self.meeting(meeting, &full, &tags);
            }
        }
    }

    fn meeting(&mut self, meeting: &Outline, group: &str, tags: &[Slug]) {
        let title = title(group, meeting.text_of("description"));
        match self.plan(meeting, &title, tags) {
            Ok(plan) => self.plans.push(plan),
            Err((line, why)) => {
                let title: String = title.chars().filter(|c| !c.is_control()).take(80).collect();
                self.notes.push(Note::at(line, format!("`{title}` was left out: {why}")));
            }
        }
    }

    /// # Errors
    /// The line, and why no rule can be made of what it says.
    fn plan(
        &mut self,
        meeting: &Outline,
        title: &str,
        tags: &[Slug],
    ) -> Result<Plan, (usize, String)> {
        let line = |key: &str| meeting.get(key).map_or(meeting.line, |value| value.line);
        let needed = |key: &str| {
            meeting.text_of(key).ok_or_else(|| (meeting.line, format!("it has no `{key}`")))
        };
        let frequency = needed("frequency")?;
        let at = time(needed("time")?).map_err(|why| (line("time"), why))?;
        let named = needed("tz")?;
        let Some(zone) = zones::named(named) else {
            return Err((line("tz"), format!("nobody knows which zone {} is", quoted(named))));
        };
        if zone.name() != named {
            let text = format!("{} was taken for the zone {zone}", quoted(named));
            self.notes.push(Note::at(line("tz"), text));
        }
        let rhythm =
            Rhythm::read(needed("day")?, frequency).map_err(|why| (line("frequency"), why))?;
        let today = ZoneRules::of(zone).to_local(self.options.now).date();
        let (from, told) = rhythm.first(today).map_err(|why| (line("frequency"), why))?;
        for text in told.into_iter().chain(rhythm.unsaid(frequency)) {
            self.notes.push(Note::at(line("frequency"), text));
        }
        let mut plan = Plan::new(meeting.line, self.plans.len());
        plan.tell("SUMMARY", title, line("description"));
        plan.at("DTSTART", &written(from, at), Some(zone.name()), line("time"));
        let minutes = self.options.lasts.num_minutes();
        plan.say("DURATION", format!("PT{minutes}M"), meeting.line);
        plan.say("RRULE", rhythm.rule(), line("frequency"));
        if let Some(link) = meeting.text_of("url") {
            plan.tell("URL", link, line("url"));
        }
        plan.more.tags = tags.to_vec();
        let recordings = meeting.text_of("recordings_url");
        plan.more.playlist = recordings.and_then(playlist);
        let recordings = recordings.filter(|_| plan.more.playlist.is_none());
        let links = [("Agenda", meeting.text_of("archive_url")), ("Recordings", recordings)];
        let links =
            links.into_iter().filter_map(|(label, link)| Some(format!("{label}: {}", link?)));
        plan.tell("DESCRIPTION", &links.collect::<Vec<_>>().join("\n"), meeting.line);
        Ok(plan)
    }
}

/// The group and what the meeting is, without saying the group twice.
fn title(group: &str, description: Option<&str>) -> String {
    let Some(description) = description else { return group.to_owned() };
    let lower = description.to_lowercase();
    match lower.starts_with(&group.to_lowercase()) {
        true => description.to_owned(),
        false => format!("{group}: {description}"),
    }
}

/// `9:00`, `4PM`, `4:30 pm`, `09:00 (Pacific Time)`.
fn time(text: &str) -> Result<NaiveTime, String> {
    let wrong = || format!("{} is no time of day", quoted(text));
    let low = text.split('(').next().unwrap_or_default().trim().to_ascii_lowercase();
    let (clock, half) = match (low.strip_suffix("am"), low.strip_suffix("pm")) {
        (Some(clock), _) => (clock, Some(0)),
        (_, Some(clock)) => (clock, Some(12)),
        _ => (low.as_str(), None),
    };
    let (hour, minute) = clock.trim().split_once(':').unwrap_or((clock.trim(), "0"));
    let hour: u32 = hour.parse().map_err(|_| wrong())?;
    let minute: u32 = minute.parse().map_err(|_| wrong())?;
    let hour = match half {
        None => hour,
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return Err(wrong()),
    };
    NaiveTime::from_hms_opt(hour, minute, 0).ok_or_else(wrong)
}

/// The id of a playlist of YouTube's.
fn playlist(link: &str) -> Option<String> {
    let (host, query) = link.split_once("/playlist?")?;
    let is_youtube =
        matches!(host, "https://www.youtube.com" | "https://youtube.com" | "https://m.youtube.com");
    let id = query.split(['&', '#']).find_map(|pair| pair.strip_prefix("list="))?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    let is_id = id.starts_with("PL") && id.len() <= 100 && id.bytes().all(plain);
    (is_youtube && is_id).then(|| id.to_owned())
}

fn written(day: NaiveDate, at: NaiveTime) -> String {
    format!("{}T{}00", day.format("%Y%m%d"), at.format("%H%M"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        let check = |text: &str, want: Option<&str>| {
            assert_eq!(time(text).ok().map(|at| at.format("%H:%M").to_string()).as_deref(), want);
        };
        check("9:00", Some("09:00"));
        check("4PM", Some("16:00"));
        check("12:30 am", Some("00:30"));
        check("12PM", Some("12:00"));
        check("09:00 (Pacific Time)", Some("09:00"));
        check("24:00", None);
        check("13PM", None);
        check("noon", None);
    }

    #[test]
    fn a_playlist_is_one_of_youtube() {
        let found = playlist("https://www.youtube.com/playlist?list=PLabc-1&x=2");
        assert_eq!(found.as_deref(), Some("PLabc-1"));
        assert_eq!(playlist("https://example.org/playlist?list=PLabc"), None);
        assert_eq!(playlist("https://www.youtube.com/playlist?list=UUabc"), None);
    }

    #[test]
    fn a_group_is_named_once() {
        assert_eq!(title("SIG Tea", Some("SIG Tea weekly")), "SIG Tea weekly");
        assert_eq!(title("SIG Tea", Some("Regular meeting")), "SIG Tea: Regular meeting");
        assert_eq!(title("SIG Tea", None), "SIG Tea");
    }
}

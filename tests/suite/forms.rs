//! The forms of a calendar beside text: the same said in JSON, XML and JMAP's words.

use crate::ics;
use crate::support::{community, moment, oci, package, text};
use calcard::jscalendar::JSCalendar;
use chrono::{DateTime, Utc};
use convene::model::{Community, Zone};
use convene::publish::{Coding, Snapshot, Wish, build};
use convene::render::Scope;
use convene::schedule::ZoneRules;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const NOW: &str = "2026-11-24T12:00:00Z";

/// Every golden case's community, and OCI's.
fn communities() -> Vec<Community> {
    let cases = std::fs::read_dir(package("tests/cases")).unwrap();
    let folders = cases.map(|case| case.unwrap().path().join("content"));
    folders.map(|folder| community(&folder)).chain([oci()]).collect()
}

/// Each scope's canonical path without its extension, with everything published.
fn stems(community: &Community) -> (Snapshot, Vec<String>) {
    let stems = Scope::all(community).map(|scope| scope.calendar_stems().swap_remove(0)).collect();
    (build(community, moment(NOW)), stems)
}

/// A component in words that all forms have in common: no escaping, no punctuation of dates.
#[derive(Debug, Default, PartialEq)]
struct Said {
    name: String,
    /// Name, parameters but VALUE, and values of each property, sorted.
    properties: Vec<String>,
    components: Vec<Said>,
}

type Named = BTreeMap<String, Vec<String>>;

fn property(name: &str, mut parameters: Named, values: &[String]) -> String {
    parameters.remove("VALUE");
    let values = values.join("|").replace(['-', ':'], "");
    format!("{} {parameters:?} {values}", name.to_uppercase())
}

/// The parts of a rule in one order.
fn rule(parts: Named) -> String {
    parts.iter().map(|(name, values)| format!("{name}={};", values.join(","))).collect()
}

fn strings<'a>(words: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    words.into_iter().map(str::to_owned).collect()
}

fn said_by_text(component: &ics::Component) -> Said {
    let of = |p: &ics::Property| {
        let values = match p.name.as_str() {
            "RRULE" => vec![rule(
                p.value
                    .split(';')
                    .map(|part| {
                        let (name, values) = part.split_once('=').unwrap();
                        (name.to_lowercase(), strings(values.split(',')))
                    })
                    .collect(),
            )],
            "EXDATE" | "CATEGORIES" => strings(p.value.split(',')),
            _ => vec![ics::texts(&p.value).map_or(p.value.clone(), |texts| texts.join(","))],
        };
        property(&p.name, p.parameters.iter().cloned().collect(), &values)
    };
    let mut properties: Vec<String> = component.properties.iter().map(of).collect();
    properties.sort();
    let components = component.components.iter().map(said_by_text).collect();
    Said { name: component.name.clone(), properties, components }
}

fn word(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(recur) => {
            rule(recur.iter().map(|(name, value)| (name.clone(), words(value))).collect())
        }
        other => other.to_string(),
    }
}

fn words(value: &Value) -> Vec<String> {
    value.as_array().map_or_else(|| vec![word(value)], |all| all.iter().map(word).collect())
}

fn said_by_json(component: &Value) -> Said {
    let of = |p: &Value| {
        let parameters = p[1].as_object().unwrap().iter();
        let parameters = parameters.map(|(name, value)| (name.to_uppercase(), words(value)));
        let values: Vec<String> = p.as_array().unwrap()[3..].iter().map(word).collect();
        property(p[0].as_str().unwrap(), parameters.collect(), &values)
    };
    let mut properties: Vec<String> = component[1].as_array().unwrap().iter().map(of).collect();
    properties.sort();
    let components = component[2].as_array().unwrap().iter().map(said_by_json).collect();
    Said { name: component[0].as_str().unwrap().to_uppercase(), properties, components }
}

type Node<'a> = roxmltree::Node<'a, 'a>;

fn named(node: Node<'_>) -> String {
    node.tag_name().name().to_owned()
}

fn texts_of(node: Node<'_>) -> Vec<String> {
    node.children().map(|text| text.text().unwrap_or_default().to_owned()).collect()
}

fn said_by_xml(component: Node<'_>) -> Said {
    let child = |name: &str| component.children().find(|node| named(*node) == name);
    let of = |p: Node<'_>| {
        let (parameters, values): (Vec<Node<'_>>, Vec<Node<'_>>) =
            p.children().partition(|node| named(*node) == "parameters");
        let parameters = parameters.iter().flat_map(|all| all.children());
        let parameters = parameters.map(|node| (named(node).to_uppercase(), texts_of(node)));
        let values: Vec<String> = values
            .iter()
            .map(|node| match named(*node).as_str() {
                "recur" => {
                    let mut parts = Named::new();
                    for part in node.children() {
                        parts.entry(named(part)).or_default().push(part.text().unwrap().to_owned());
                    }
                    rule(parts)
                }
                _ => node.text().unwrap_or_default().to_owned(),
            })
            .collect();
        property(&named(p), parameters.collect(), &values)
    };
    let mut properties: Vec<String> = child("properties").unwrap().children().map(of).collect();
    properties.sort();
    let components = child("components").map(|all| all.children().map(said_by_xml).collect());
    Said {
        name: named(component).to_uppercase(),
        properties,
        components: components.unwrap_or_default(),
    }
}

/// A calendar's own address differs in each form.
fn without_source(mut said: Said) -> Said {
    said.properties.retain(|line| !line.starts_with("SOURCE "));
    said
}

#[test]
fn jcal_and_xcal_say_what_the_text_says() {
    for community in communities() {
        let (snapshot, stems) = stems(&community);
        for stem in stems {
            let calendar = ics::read(text(&snapshot, &format!("{stem}.ics"))).unwrap();
            let want = without_source(said_by_text(&calendar));
            let json = text(&snapshot, &format!("{stem}.jcal.json"));
            let json = said_by_json(&serde_json::from_str(json).unwrap());
            assert_eq!(without_source(json), want, "{stem}.jcal.json");
            let xml = text(&snapshot, &format!("{stem}.xcal.xml"));
            let xml = roxmltree::Document::parse(xml).unwrap();
            let xml = said_by_xml(xml.root_element().first_element_child().unwrap());
            assert_eq!(without_source(xml), want, "{stem}.xcal.xml");
        }
    }
}

#[test]
fn jscalendar_has_every_event_and_every_date_that_differs() {
    for community in communities() {
        let (snapshot, stems) = stems(&community);
        for stem in stems {
            let group = text(&snapshot, &format!("{stem}.jscal.json"));
            assert!(JSCalendar::<String, String>::parse(group).is_ok(), "{stem}");
            let group: Value = serde_json::from_str(group).unwrap();
            assert_eq!(group["@type"], "Group", "{stem}");
            let calendar = ics::read(text(&snapshot, &format!("{stem}.ics"))).unwrap();
            let (mut got, want) = (dates_of_group(&group), dates_of_calendar(&calendar));
            // A date in an hour that is repeated stands apart from its slot.
            got.retain(|uid, _| {
                let slot = uid.split_once('.').map_or("", |(_, slot)| slot);
                want.contains_key(uid) || !want.contains_key(slot)
            });
            assert_eq!(got, want, "{stem}.jscal.json");
        }
    }
}

/// How many dates of each UID are excluded or differ.
fn dates_of_group(group: &Value) -> BTreeMap<String, usize> {
    let entries = group["entries"].as_array().unwrap().iter();
    let dates = |event: &Value| event["recurrenceOverrides"].as_object().map_or(0, |all| all.len());
    entries.map(|event| (event["uid"].as_str().unwrap().to_owned(), dates(event))).collect()
}

fn dates_of_calendar(calendar: &ics::Component) -> BTreeMap<String, usize> {
    let mut dates = BTreeMap::new();
    for event in calendar.children("VEVENT") {
        let differs = event.whens("EXDATE").len() + event.whens("RECURRENCE-ID").len();
        *dates.entry(event.text("UID").unwrap()).or_default() += differs;
    }
    dates
}

/// Start and end of everything that is in a group, by UID and the date of its slot that it is.
fn spans_of_group(group: &Value) -> BTreeSet<(String, String, DateTime<Utc>, DateTime<Utc>)> {
    let mut spans = BTreeSet::new();
    for event in group["entries"].as_array().unwrap() {
        let uid = event["uid"].as_str().unwrap();
        spans.insert(span_of(uid, "", event, event));
        let overrides = event["recurrenceOverrides"].as_object();
        for (id, own) in overrides.into_iter().flatten().filter(|(_, own)| own["excluded"] != true)
        {
            spans.insert(span_of(uid, id, own, event));
        }
    }
    spans
}

fn span_of(
    uid: &str,
    id: &str,
    own: &Value,
    event: &Value,
) -> (String, String, DateTime<Utc>, DateTime<Utc>) {
    let of = |name: &str| own.get(name).or(event.get(name)).and_then(Value::as_str);
    let rules = ZoneRules::of(Zone::new(of("timeZone").unwrap_or("UTC")).unwrap());
    let start = rules.to_utc(of("start").unwrap().parse().unwrap());
    let duration = of("duration").unwrap().trim_start_matches('P');
    let (days, clock) = duration.split_once('T').unwrap_or((duration, ""));
    let amount = |text: &str, unit: char| -> i64 {
        let digits = text.split_inclusive(char::is_alphabetic).find_map(|t| t.strip_suffix(unit));
        digits.map_or(0, |digits| digits.parse().unwrap())
    };
    let days = amount(days, 'D') + 7 * amount(days, 'W');
    let minutes = (days * 24 + amount(clock, 'H')) * 60 + amount(clock, 'M');
    (uid.to_owned(), id.to_owned(), start, start + chrono::TimeDelta::minutes(minutes))
}

#[test]
fn jscalendar_has_every_start_and_end() {
    for community in communities() {
        let (snapshot, stems) = stems(&community);
        let stem = stems.first().unwrap();
        let group: Value =
            serde_json::from_str(text(&snapshot, &format!("{stem}.jscal.json"))).unwrap();
        let got = spans_of_group(&group);
        let calendar = ics::read(text(&snapshot, &format!("{stem}.ics"))).unwrap();
        for event in calendar.children("VEVENT") {
            let (start, end) = (event.when("DTSTART").unwrap(), event.when("DTEND").unwrap());
            let uid = event.text("UID").unwrap();
            let id = event.when("RECURRENCE-ID").map(|id| id.wall());
            let own = id.map(|id| format!("{}.{uid}", id.format("%Y-%m-%dT%H%M")));
            let id = id.map_or(String::new(), |id| id.format("%Y-%m-%dT%H:%M:%S").to_string());
            let (start, end) = (start.instant(), end.instant());
            // A date in an hour that is repeated, or a whole day, stands apart from its slot.
            let day = own.as_deref().map(|own| own.replacen("T0000", "", 1));
            let apart = [own, day].into_iter().flatten();
            let apart = apart.map(|own| (own, String::new(), start, end));
            let mut all = apart.chain([(uid.clone(), id.clone(), start, end)]);
            assert!(all.any(|span| got.contains(&span)), "{stem}: {uid} {id} {start} to {end}");
        }
    }
}

#[test]
fn the_keys_of_jscalendar_are_sorted_and_its_bytes_the_same_each_time() {
    let community = oci();
    let path = "/oci.jscal.json";
    let first = build(&community, moment(NOW));
    let value: Value = serde_json::from_str(text(&first, path)).unwrap();
    assert_eq!(format!("{value}\n"), text(&first, path));
    for _ in 0..5 {
        assert_eq!(text(&build(&community, moment(NOW)), path), text(&first, path));
    }
}

/// The law of `stale_at` for calendars with options: not a byte differs before it.
#[test]
fn a_variant_stays_true_until_it_is_stale() {
    let folder = package("tests/cases/everything-at-once/content");
    let community = community(&folder);
    let queries =
        ["past=30d", "past=5d&cancelled=mark", "flat=utc", "past=all&flat=utc", "alarm=1d"];
    for query in queries {
        for path in ["/example.ics", "/example.jcal.json", "/example.xcal.xml"] {
            let mut now = moment("2026-10-20T00:00:00Z");
            let at = |now| {
                let wish = Wish::of(&community, path, query).unwrap().unwrap();
                let variant = wish.render(now).unwrap();
                (variant.document.coded(Coding::Identity).unwrap().clone(), variant.stale_at)
            };
            for _ in 0..10 {
                let (body, stale_at) = at(now);
                let Some(stale_at) = stale_at else { break };
                assert!(stale_at > now, "{query} at {now}");
                let before = at(stale_at - chrono::TimeDelta::seconds(1));
                assert_eq!((before.0, before.1), (body, Some(stale_at)), "{query} from {now}");
                now = stale_at;
            }
        }
    }
}

#[test]
fn a_flat_calendar_without_bound_is_refused_in_a_sentence() {
    let line = "[[slot]]\nfrom = 1971-01-01\nrrule = \"FREQ=DAILY\"\nat = \"10:00\"\n";
    let series = format!("+++\ntitle = \"Daily\"\nupdated = 2026-01-01T00:00:00Z\n{line}+++\n");
    let mut files = crate::support::files(&package("tests/cases/length-unknown/content"));
    files.retain(|file| !file.path.starts_with("meetings/"));
    files.push(convene::content::SourceFile {
        path: "meetings/daily/series.md".to_owned(),
        bytes: series.into_bytes(),
    });
    let community = convene::content::parse(&files).unwrap();
    let render =
        |query| Wish::of(&community, "/example.ics", query).unwrap().unwrap().render(moment(NOW));
    let refused = render("flat=utc&past=all").unwrap_err().to_string();
    assert!(refused.starts_with("this calendar would have more than 20000 meetings"), "{refused}");
    assert!(render("flat=utc").is_ok());
}

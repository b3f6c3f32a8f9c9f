//! Laws of edits: what was wanted is there, nothing else has changed, and no line of a person is lost.

use super::text::{RECORDS, edit, file, folder};
use crate::sample::{day, line, link, slug, utc};
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use convene::content::edit::{Edit, edited, replaced};
use convene::content::{SourceFile, parse};
use convene::model::{Change, Community, Exception, Found, Line, Link, Local, Record};
use proptest::prelude::*;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A record, and how a person has written it.
#[derive(Clone, Debug)]
struct Written {
    id: Local,
    record: Record,
    style: Style,
}

#[derive(Clone, Debug)]
struct Style {
    indent: &'static str,
    equals: &'static str,
    literal: bool,
    with_time: bool,
    lists: bool,
    lines: bool,
    comments: bool,
    /// Keys are turned round by so many.
    turn: usize,
    /// What stands before the record.
    before: &'static str,
}

#[derive(Clone, Debug)]
struct Whole {
    crlf: bool,
    mark: bool,
    ended: bool,
    after: &'static str,
}

/// Thursdays of 2026; from July on there are two meetings on each.
fn id() -> impl Strategy<Value = Local> {
    (0..40_i64, any::<bool>()).prop_map(|(week, evening)| {
        let date = day("2026-01-01") + TimeDelta::weeks(week);
        let hour = if evening && week >= 26 { 17 } else { 10 };
        Local::new(date, NaiveTime::from_hms_opt(hour, 0, 0))
    })
}

fn address() -> impl Strategy<Value = Link> {
    (0..4_u8, prop_oneof![Just(2_usize), Just(90)])
        .prop_map(|(n, length)| link(&format!("https://a.example/{n}{}", "é#".repeat(length / 2))))
}

fn moment() -> impl Strategy<Value = DateTime<Utc>> {
    (0..3_i64).prop_map(|hours| utc("2026-10-01T00:00:00Z") + TimeDelta::hours(hours))
}

fn topic() -> impl Strategy<Value = Line> {
    "[a-c\"\\\\#'=\\[\\],é ]{0,8}x".prop_map(|text| line(&text))
}

fn record() -> impl Strategy<Value = Record> {
    let recordings = prop::collection::vec((address(), moment()), 0..4);
    let topics = prop::collection::vec(topic(), 0..4);
    let found = prop::option::of(prop::sample::select(Found::ALL.to_vec()));
    let minutes = (prop::option::of(address()), prop::option::of(moment()));
    (minutes, recordings, 0..3_u8, topics, found).prop_map(
        |((minutes, minutes_published), recordings, moments, topics, found)| {
            let (recordings, mut published): (Vec<_>, Vec<_>) = recordings.into_iter().unzip();
            published.truncate(if moments == 2 { recordings.len() } else { moments.into() });
            let says = !recordings.is_empty() || !topics.is_empty();
            let minutes = minutes.or((!says).then(|| link("https://a.example/minutes")));
            let (recordings, published, topics) =
                (recordings.into(), published.into(), topics.into());
            Record { minutes, minutes_published, recordings, published, topics, found }
        },
    )
}

fn style() -> impl Strategy<Value = Style> {
    let before = ["", "\n", "# own\n", "\n# own\n", "# own\n\n", "\n# own\n\n# other\n"];
    let flags = (any::<[bool; 5]>(), 0..7_usize);
    let spaces =
        (prop::sample::select(vec!["", "  ", "\t"]), prop::sample::select(vec![" = ", "="]));
    (spaces, flags, prop::sample::select(before.to_vec())).prop_map(
        |((indent, equals), ([literal, with_time, lists, lines, comments], turn), before)| Style {
            indent,
            equals,
            literal,
            with_time,
            lists,
            lines,
            comments,
            turn,
            before,
        },
    )
}

fn written() -> impl Strategy<Value = Vec<Written>> {
    let one = (id(), record(), style());
    let one = one.prop_map(|(id, record, style)| Written { id, record, style });
    prop::collection::vec(one, 0..6).prop_map(|mut all| {
        let mut seen = Vec::new();
        all.retain(|one| !seen.contains(&one.id) && (seen.push(one.id), true).1);
        all
    })
}

fn whole() -> impl Strategy<Value = Whole> {
    let after = prop::sample::select(vec!["", "\n", "# end\n", "\n\n# end\n", "   \n"]);
    (any::<[bool; 3]>(), after).prop_map(|([crlf, mark, ended], after)| Whole {
        crlf,
        mark,
        ended,
        after,
    })
}

/// The text of a record, with comments of its own number.
fn text(number: usize, written: &Written) -> String {
    let Written { id, record, style } = written;
    let quoted = |text: &str| match style.literal && !text.contains('\'') {
        true => format!("'{text}'"),
        false => format!("\"{}\"", text.replace('\\', "\\u005c").replace('"', "\\u0022")),
    };
    let comments = Cell::new(0);
    let comment = || {
        comments.set(comments.get() + 1);
        let said = format!(" # {number}.{}, \"]", comments.get());
        if style.comments { said } else { String::new() }
    };
    let list = |values: Vec<String>| match values.as_slice() {
        [one] if !style.lists => one.clone(),
        all if style.lines => {
            let last = all.len() - 1;
            let comma = |i: usize| if i < last || style.literal { "," } else { "" };
            let item = |(i, value): (usize, &String)| {
                format!("{}{value}{}{}\n", style.indent, comma(i), comment())
            };
            format!("[\n{}]", all.iter().enumerate().map(item).collect::<String>())
        }
        all => format!("[{}{}]", all.join(" , "), if style.literal { "," } else { "" }),
    };
    let links = |all: &[Link]| all.iter().map(|link| quoted(link.as_str())).collect::<Vec<_>>();
    let moments = |all: &[DateTime<Utc>]| {
        let offset = chrono::FixedOffset::east_opt(3600).unwrap();
        all.iter().map(|m| m.with_timezone(&offset).to_rfc3339()).collect::<Vec<_>>()
    };
    let is_only = id.date() < day("2026-07-02");
    let name = if is_only && !style.with_time { Local::Date(id.date()) } else { *id };
    let topics = record.topics.iter().map(|topic| quoted(topic.as_str())).collect::<Vec<_>>();
    let mut keys = vec![
        ("date", vec![name.to_string()]),
        ("minutes", links(record.minutes.as_slice())),
        ("minutes-published", moments(record.minutes_published.as_slice())),
        ("recording", links(&record.recordings)),
        ("published", moments(&record.published)),
        ("topics", topics),
        ("found", record.found.iter().map(|found| quoted(found.as_str())).collect()),
    ];
    keys.retain(|(_, values)| !values.is_empty());
    let turn = style.turn % keys.len();
    keys.rotate_left(turn);
    let mut out = format!("[[record]]{}\n", comment());
    for (key, values) in keys {
        let value = match key {
            "recording" | "published" | "topics" => list(values),
            _ => values.concat(),
        };
        let after = if style.comments { format!(" # {number}.{key}") } else { String::new() };
        out.push_str(&format!("{}{key}{}{value}{after}\n", style.indent, style.equals));
    }
    out
}

fn records_file(all: &[Written], whole: &Whole) -> SourceFile {
    let record = |(i, one): (usize, &Written)| format!("{}{}", one.style.before, text(i, one));
    let mut out: String = all.iter().enumerate().map(record).collect();
    out.push_str(whole.after);
    if !whole.ended {
        out.truncate(out.trim_end_matches('\n').len());
    }
    if whole.crlf {
        out = out.replace('\n', "\r\n");
    }
    file(RECORDS, &format!("{}{out}", if whole.mark { "\u{feff}" } else { "" }))
}

/// The community with those records, as the model has it.
fn with(mut community: Community, edits: &BTreeMap<Local, Record>) -> Community {
    for (id, record) in edits {
        exception(&mut community, *id).record = Some(record.clone());
    }
    community
}

fn exception(community: &mut Community, id: Local) -> &mut Exception {
    let series = community.series.iter_mut().find(|series| series.slug == slug("weekly")).unwrap();
    let mut slots = Arc::make_mut(series).slots.iter_mut();
    let slot = slots.find(|slot| slot.at == id.time()).unwrap();
    slot.exceptions.get_or_default(id)
}

fn content(file: &SourceFile) -> &str {
    std::str::from_utf8(&file.bytes).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn an_edit_does_what_it_says_and_nothing_else(
        all in written(),
        whole in whole(),
        changes in prop::collection::btree_map(id(), record(), 0..3),
        off in prop::option::of((id(), prop::option::of(topic()))),
        anew in prop::collection::vec((any::<prop::sample::Index>(), record()), 0..3),
    ) {
        let old = records_file(&all, &whole);
        let files = replaced(&folder(None, &[]), std::slice::from_ref(&old));
        let before = parse(&files);
        prop_assert!(before.is_ok(), "{}\n{}", content(&old), before.unwrap_err());
        let mut wanted = changes;
        if !all.is_empty() {
            wanted.extend(anew.into_iter().map(|(i, record)| (i.get(&all).id, record)));
        }
        let mut edits: Vec<Edit> =
            wanted.iter().map(|(id, record)| edit(&id.to_string(), record.clone())).collect();
        let announced = utc("2026-11-01T00:00:00Z");
        if let Some((id, reason)) = off.clone() {
            edits.push(Edit::Cancelled { series: slug("weekly"), id, reason, announced });
        }
        let changed = edited(&files, &edits);
        prop_assert!(changed.is_ok(), "{}\n{}", content(&old), changed.unwrap_err());
        let changed = changed.unwrap();
        let new_files = replaced(&files, &changed);
        let new = changed.iter().find(|file| file.path == RECORDS).unwrap_or(&old);
        prop_assert_eq!(changed.len(), usize::from(off.is_some()) + usize::from(new != &old));
        let mut want = with(before.unwrap(), &wanted);
        if let Some((id, reason)) = off {
            let change = Change::Cancelled { reason, announced, restored: None };
            exception(&mut want, id).change = Some(Box::new(change));
        }
        let shown = format!("{}\n=====\n{}", content(&old), content(new));
        prop_assert!(parse(&new_files).unwrap() == want, "{shown}");
        prop_assert_eq!(edited(&new_files, &edits).unwrap(), vec![], "{}", shown);
        lines_are_kept(&all, &wanted, &old, new)?;
        if whole.crlf && content(&old).contains('\n') {
            let bare = content(new).replace("\r\n", "").contains('\n');
            prop_assert!(!bare, "{shown}");
        }
        prop_assert_eq!(new.bytes.starts_with(b"\xef\xbb\xbf"), whole.mark);
    }
}

/// Every line that is in no edited record is still there, in order; so is every comment.
fn lines_are_kept(
    all: &[Written],
    wanted: &BTreeMap<Local, Record>,
    old: &SourceFile,
    new: &SourceFile,
) -> Result<(), TestCaseError> {
    let trimmed = |file: &SourceFile| -> Vec<String> {
        content(file).trim_start_matches('\u{feff}').lines().map(str::to_owned).collect()
    };
    let mut may_change: Vec<String> = Vec::new();
    for (i, one) in all.iter().enumerate().filter(|(_, one)| wanted.contains_key(&one.id)) {
        may_change.extend(text(i, one).lines().skip(1).map(str::to_owned));
    }
    let mut new_lines = trimmed(new).into_iter();
    for line in trimmed(old).iter().filter(|line| !may_change.contains(line)) {
        let found = new_lines.any(|new| new == *line);
        prop_assert!(found, "{line}\n{}\n=====\n{}", content(old), content(new));
    }
    let comments = all.iter().enumerate().filter(|(_, one)| one.style.comments);
    for (i, one) in comments {
        for comment in text(i, one).lines().filter_map(|line| line.split_once(&format!(" # {i}.")))
        {
            let comment = format!("# {i}.{}", comment.1);
            prop_assert!(content(new).contains(&comment), "{comment}\n{}", content(new));
        }
    }
    Ok(())
}

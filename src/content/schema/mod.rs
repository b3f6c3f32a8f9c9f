//! What the files of the content folder can say, for editors: a JSON Schema for each kind of file.
//!
//! `keys` is the table of all keys, `values` what each kind of value looks like. Of draft 7, since the
//! schemas are for Taplo, the engine of Even Better TOML, which takes no later one.
//!
//! A schema knows one file at a time: that a date hits a meeting, or that two keys exclude each other,
//! only `convene check` finds out.

mod keys;
#[cfg(test)]
mod tests;
mod values;

use keys::{Key, Many};
use serde_json::{Map, Value, json};
use values::Kind;

/// A kind of content file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum File {
    /// `site.toml`.
    Site,
    /// The front matter of `meetings/<series>/series.md`.
    Series,
    /// The front matter of `meetings/<series>/<date>.md`.
    Date,
    /// `meetings/<series>/records.toml`.
    Records,
    /// `holidays/<name>.toml`.
    Holidays,
    /// The front matter of a page.
    Page,
}

impl File {
    /// All kinds.
    pub const ALL: [File; 6] =
        [File::Site, File::Series, File::Date, File::Records, File::Holidays, File::Page];

    /// The word for it: `site`.
    pub fn name(self) -> &'static str {
        match self {
            File::Site => "site",
            File::Series => "series",
            File::Date => "date",
            File::Records => "records",
            File::Holidays => "holidays",
            File::Page => "page",
        }
    }

    fn title(self) -> &'static str {
        match self {
            File::Site => "The community: site.toml",
            File::Series => "A series: the front matter of meetings/<series>/series.md",
            File::Date => "One date that differs: the front matter of meetings/<series>/<date>.md",
            File::Records => "What meetings left behind: meetings/<series>/records.toml",
            File::Holidays => "A list of holidays: holidays/<name>.toml",
            File::Page => {
                "A page: the front matter of a Markdown file in the content folder itself"
            }
        }
    }

    fn keys(self) -> &'static [Key] {
        match self {
            File::Site => keys::SITE,
            File::Series => keys::SERIES,
            File::Date => keys::DATE,
            File::Records => keys::RECORDS,
            File::Holidays => keys::HOLIDAYS,
            File::Page => keys::PAGE,
        }
    }
}

/// The schema of such a file.
///
/// ```
/// use convene::content::schema::{File, schema};
/// let schema = schema(File::Holidays);
/// assert_eq!(schema["properties"]["holiday"]["items"]["required"][0], "date");
/// ```
pub fn schema(file: File) -> Value {
    let mut schema = table(file.keys());
    let head = [
        ("$schema", json!("http://json-schema.org/draft-07/schema#")),
        ("title", json!(file.title())),
    ];
    schema.extend(head.map(|(key, value)| (key.to_owned(), value)));
    Value::Object(schema)
}

fn table(keys: &[Key]) -> Map<String, Value> {
    let properties = keys.iter().map(|key| (key.name.to_owned(), property(key)));
    let required = keys.iter().filter(|key| key.required).map(|key| key.name);
    let mut table = Map::new();
    table.insert("type".to_owned(), json!("object"));
    table.insert("additionalProperties".to_owned(), json!(false));
    table.insert("properties".to_owned(), Value::Object(properties.collect()));
    table.insert("required".to_owned(), required.collect());
    table
}

fn property(key: &Key) -> Value {
    let one = match key.kind {
        Kind::Table(keys) => table(keys),
        kind => kind.schema(),
    };
    let list = || json!({ "type": "array", "items": one.clone() });
    let mut property = match key.many {
        Many::One => one,
        Many::OneOrSeveral => Map::from_iter([("anyOf".to_owned(), json!([one, list()]))]),
        Many::Several => match list() {
            Value::Object(list) => list,
            _ => Map::new(),
        },
    };
    property.insert("description".to_owned(), json!(key.about));
    let examples: Vec<Value> = key.examples.iter().filter_map(|text| literal(text)).collect();
    if !examples.is_empty() {
        property.insert("examples".to_owned(), Value::Array(examples));
    }
    Value::Object(property)
}

/// A value of TOML as JSON has it; moments are texts there.
fn literal(text: &str) -> Option<Value> {
    let is_json = serde_json::from_str(text).ok();
    let is_moment = || text.starts_with(|c: char| c.is_ascii_digit()).then(|| json!(text));
    is_json.or_else(is_moment)
}

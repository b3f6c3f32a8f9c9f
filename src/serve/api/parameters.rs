//! The parameters of `/api/occurrences`: what a query says of them, and how OpenAPI describes them.

use serde_json::{Value, json};
use url::form_urlencoded;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn, ParameterStyle};
use utoipa::openapi::schema::{
    AnyOfBuilder, ArrayBuilder, KnownFormat, ObjectBuilder, Schema, SchemaFormat, Type,
};
use utoipa::{IntoParams, openapi};

/// How many meetings an answer has where nothing else is asked for.
pub(super) const LIMIT: usize = 100;

/// How many meetings an answer can have.
pub(super) const MOST: usize = 1000;

/// What a query says; a key that comes twice is here twice.
#[derive(Default)]
pub(super) struct Parameters {
    pub(super) from: Vec<String>,
    pub(super) to: Vec<String>,
    pub(super) series: Vec<String>,
    pub(super) tag: Vec<String>,
    pub(super) limit: Vec<String>,
    pub(super) after: Vec<String>,
}

impl Parameters {
    /// What a query says; other keys are passed over, since clients append their own.
    pub(super) fn read(query: &str) -> Parameters {
        let mut parameters = Parameters::default();
        for (key, value) in form_urlencoded::parse(query.as_bytes()) {
            let all = match key.as_ref() {
                "from" => &mut parameters.from,
                "to" => &mut parameters.to,
                "series" => &mut parameters.series,
                "tag" => &mut parameters.tag,
                "limit" => &mut parameters.limit,
                "after" => &mut parameters.after,
                _ => continue,
            };
            all.push(value.into_owned());
        }
        parameters
    }
}

impl IntoParams for Parameters {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let one = |name, schema, example, text| {
            described(name, schema, text).example(Some(example)).build()
        };
        let list = |name, example, text| {
            let list = described(name, slugs(), text).example(Some(example));
            list.style(Some(ParameterStyle::Form)).explode(Some(false)).build()
        };
        vec![
            one("from", moment(), json!("2026-11-24"), FROM),
            one("to", moment(), json!("2026-12-23"), TO),
            list("series", json!(["oci-weekly"]), SERIES),
            list("tag", json!(["developer"]), TAG),
            one("limit", limit(), json!(100), "How many meetings the answer has at most."),
            one("after", meeting(), json!("oci-weekly/2026-11-26T10:00:00"), AFTER),
        ]
    }
}

const FROM: &str = "Only meetings that are not over by then: an instant (RFC 3339), or a date by \
                    each meeting's own clock. Without it the present, so that a meeting under way \
                    is the first.";

const TO: &str = "Only meetings that start before that instant, or on that date at the latest. Without \
                  it there are the 30 days from `from` on. It is not before `from`, and both together \
                  are 366 days at most, of which a date is a whole one.";

const SERIES: &str = "Only these series, by slug. One that the community has renamed is found under its old slug too, \
     and one that is no longer published is passed over beside others. Any other slug is 404.";

const TAG: &str =
    "Only series with one of these tags. A tag that was renamed or given up is as such a series.";

const AFTER: &str = "Only what comes after this meeting, which is named by its series and its recurrence-id, as \
     `next` does it in an answer that was cut.";

fn described(name: &str, schema: impl Into<Schema>, text: &str) -> ParameterBuilder {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Query)
        .required(openapi::Required::False)
        .description(Some(text))
        .schema(Some(schema.into()))
}

fn moment() -> Schema {
    let text = |format| text().format(Some(SchemaFormat::KnownFormat(format)));
    AnyOfBuilder::new().item(text(KnownFormat::Date)).item(text(KnownFormat::DateTime)).into()
}

fn slugs() -> Schema {
    let slug = text().pattern(Some("^[a-z0-9]+(-[a-z0-9]+)*$")).max_length(Some(64));
    ArrayBuilder::new().items(slug).min_items(Some(1)).into()
}

fn limit() -> Schema {
    let number = ObjectBuilder::new().schema_type(Type::Integer).default(Some(Value::from(LIMIT)));
    number.minimum(Some(1)).maximum(Some(MOST as u32)).into()
}

fn meeting() -> Schema {
    let pattern = r"^[a-z0-9]+(-[a-z0-9]+)*/\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2})?$";
    text().pattern(Some(pattern)).into()
}

fn text() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

//! VALARM (RFC 5545 §3.6.6), for those who ask for it.

use super::component::{Form, Value};
use super::options::Options;
use crate::model::Line;
use chrono::TimeDelta;

/// Writes an alarm for each time before the meeting that is wanted.
pub(super) fn write(form: &mut impl Form, title: &Line, options: &Options) {
    for minutes in &options.alarms {
        form.begin("VALARM");
        form.plain("ACTION", Value::Text("DISPLAY"));
        form.plain("DESCRIPTION", Value::Text(title.as_str()));
        form.plain("TRIGGER", Value::Duration(-TimeDelta::minutes((*minutes).into())));
        form.end("VALARM");
    }
}

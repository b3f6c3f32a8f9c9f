//! Components: what stands between BEGIN and END, with a bound on how deep and how many.

use super::lines::Property;
use crate::import::{Note, Unreadable};

const DEEPEST: usize = 8;
const MOST: usize = 50_000;

/// A component with all that is in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Component {
    /// In upper case; empty for the whole file.
    pub(super) name: String,
    pub(super) line: usize,
    pub(super) properties: Vec<Property>,
    pub(super) children: Vec<Component>,
}

impl Component {
    /// The first property of that name.
    pub(super) fn get(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|property| property.name == name)
    }

    /// All properties of that name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Property> {
        self.properties.iter().filter(move |property| property.name == name)
    }

    /// Everything of that name, however deep.
    pub(super) fn find<'a>(&'a self, name: &str, found: &mut Vec<&'a Component>) {
        for child in &self.children {
            if child.name == name {
                found.push(child);
            }
            child.find(name, found);
        }
    }
}

/// Puts the properties into their components; an END that lacks is noted, and taken as read.
///
/// # Errors
/// Components that go deeper, or are more, than any calendar needs.
pub(super) fn read(
    properties: Vec<Property>,
    notes: &mut Vec<Note>,
) -> Result<Component, Unreadable> {
    let mut stack = vec![Component::default()];
    let mut count = 0;
    for property in properties {
        let value = property.value.trim().to_ascii_uppercase();
        match property.name.as_str() {
            "BEGIN" => {
                count += 1;
                let is_item = matches!(value.as_str(), "VEVENT" | "VTIMEZONE");
                while is_item && stack.iter().any(|open| open.name == value) {
                    notes.push(Note::at(property.line, format!("the {value} before has no END")));
                    close(&mut stack);
                }
                if stack.len() > DEEPEST || count > MOST {
                    return Err(Unreadable::at(property.line, "there are too many components"));
                }
                stack.push(Component { name: value, line: property.line, ..Component::default() });
            }
            "END" if stack.iter().skip(1).any(|open| open.name == value) => {
                while stack.last().is_some_and(|open| open.name != value) {
                    let name = stack.last().map(|open| open.name.clone()).unwrap_or_default();
                    notes.push(Note::at(property.line, format!("the {name} before has no END")));
                    close(&mut stack);
                }
                close(&mut stack);
            }
            "END" => notes.push(Note::at(property.line, "this END has no BEGIN")),
            _ => {
                if let Some(open) = stack.last_mut() {
                    open.properties.push(property);
                }
            }
        }
    }
    if stack.len() > 1 {
        notes.push(Note::of_file("the file ends before its last END: it may have been cut off"));
    }
    while stack.len() > 1 {
        close(&mut stack);
    }
    Ok(stack.pop().unwrap_or_default())
}

fn close(stack: &mut Vec<Component>) {
    if stack.len() < 2 {
        return;
    }
    let done = stack.pop();
    if let (Some(open), Some(done)) = (stack.last_mut(), done) {
        open.children.push(done);
    }
}

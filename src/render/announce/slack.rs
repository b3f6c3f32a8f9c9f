//! Slack's mrkdwn: `*bold*`, `<address|name>`, and `&`, `<` and `>` escaped, so that what people
//! wrote is neither a link nor a call to all (docs.slack.dev, "Formatting message text").

use super::super::plain;
use super::mail::announcing;
use super::pings;
use super::story::{Block, Story};

/// The whole message.
pub(super) fn text(story: &Story<'_>) -> String {
    let headline = format!("*{}*", escaped(&story.subject));
    let blocks = story.blocks.iter().map(|one| block(story, one));
    let all: Vec<String> = std::iter::once(headline).chain(blocks).collect();
    format!("{}\n", all.join("\n\n"))
}

fn block(story: &Story<'_>, block: &Block<'_>) -> String {
    match block {
        Block::Text(text) => escaped(text),
        Block::Note(note) => escaped(&plain::text(note)),
        Block::List(heading, items) => {
            let items = items.iter().map(|item| format!("• {}", escaped(item)));
            let heading = escaped(&announcing(heading, story.colon));
            std::iter::once(heading).chain(items).collect::<Vec<_>>().join("\n")
        }
        Block::Links(links) => {
            let line = |(name, to): &(String, String)| {
                let to = to.replace('&', "&amp;");
                format!("• <{to}|{}>", escaped(name))
            };
            links.iter().map(line).collect::<Vec<_>>().join("\n")
        }
    }
}

fn escaped(text: &str) -> String {
    pings::without(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

//! What is to be served at a path, before it is rendered.

use super::Document;
use crate::schedule::AsOf;

/// The media type of every page.
pub(super) const HTML: &str = "text/html; charset=utf-8";

/// A document that can be rendered whenever somebody asks for it.
pub struct Recipe<'c> {
    media_type: &'static str,
    text: Box<dyn FnOnce(&AsOf) -> String + 'c>,
}

impl<'c> Recipe<'c> {
    pub(super) fn new(
        media_type: &'static str,
        text: impl FnOnce(&AsOf) -> String + 'c,
    ) -> Recipe<'c> {
        Recipe { media_type, text: Box::new(text) }
    }

    pub(super) fn page(text: impl FnOnce(&AsOf) -> String + 'c) -> Recipe<'c> {
        Recipe::new(HTML, text)
    }

    /// The media type that the document will have.
    pub(super) fn media_type(&self) -> &'static str {
        self.media_type
    }

    /// The document, as it is at the moment at which its recipe was found.
    pub fn render(self, as_of: &AsOf) -> Document {
        Document::new(self.media_type, (self.text)(as_of))
    }
}

//! The pages: a file for each kind (`home`, `series`, `occurrence`, `archive`, `month`, `text`,
//! `embed`), `layout` around all but the last, and a file for each part that is larger or shared.

mod archive;
mod assets;
mod embed;
mod finder;
mod history;
mod home;
mod layout;
mod meeting;
mod month;
mod next;
mod occurrence;
mod past;
mod recordings;
mod rule;
mod series;
mod structured;
mod subscribe;
mod text;

pub use archive::{ARCHIVE_PATH, archive};
pub use assets::{ASSETS, ICON_PATH, STYLE_PATH};
pub use embed::{EMBED_FILES, EMBED_PATH, EmbedFile, embed};
pub use layout::redirect;
pub(super) use meeting::holiday;
pub use month::{CALENDAR_PATH, MonthPage, month, month_path};
pub use occurrence::occurrence;
pub use rule::slot_in_words;
pub use series::series;

use crate::model::{Community, Page};
use crate::schedule::AsOf;

/// A page of the community's own text; the one at `/` shows the next meetings and how to subscribe
/// first.
pub fn page(community: &Community, page: &Page, as_of: &AsOf) -> String {
    if page.path == "/" { home::home(community, page, as_of) } else { text::text(community, page) }
}

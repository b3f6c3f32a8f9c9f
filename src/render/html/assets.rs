//! What every page needs beside itself: its icon, and the style sheet and the script, each one file
//! to a browser and one here for each part of a page.

/// Where the style sheet is served.
pub const STYLE_PATH: &str = "/style.css";

/// Where the script is served; every page can be read without it.
pub(super) const SCRIPT_PATH: &str = "/page.js";

/// The picture by which people find the page among others.
pub const ICON_PATH: &str = "/icon.svg";

/// Path, media type and text of each.
pub const ASSETS: [(&str, &str, &str); 3] = [
    (ICON_PATH, "image/svg+xml", include_str!("icon.svg")),
    (STYLE_PATH, CSS, STYLE),
    (SCRIPT_PATH, JAVASCRIPT, SCRIPT),
];

pub(super) const CSS: &str = "text/css; charset=utf-8";

/// RFC 9239 §6.
pub(super) const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

const STYLE: &str = concat!(
    include_str!("style/ground.css"),
    include_str!("style/frame.css"),
    include_str!("style/button.css"),
    include_str!("style/card.css"),
    include_str!("style/rows.css"),
    include_str!("style/tiles.css"),
    include_str!("style/subscribe.css"),
    include_str!("style/meeting.css"),
    include_str!("style/month.css"),
    include_str!("style/text.css"),
    include_str!("style/past.css"),
    include_str!("style/finder.css"),
);

/// One module, in which the first part is for all others, and each of those sees no more than that.
macro_rules! module {
    ($shared:literal, $($part:literal),* $(,)?) => {
        concat!(include_str!($shared), $("{\n", include_str!($part), "}\n"),*)
    };
}

const SCRIPT: &str = module!(
    "script/own_time.js",
    "script/countdown.js",
    "script/pictures.js",
    "script/copy.js",
    "script/chooser.js",
    "script/finder.js",
    "script/month.js",
);

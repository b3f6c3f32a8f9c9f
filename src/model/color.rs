//! Colours that calendars are shown in.

use super::color_names::COLORS;
use std::fmt;

/// A colour by its CSS3 name, the only form that COLOR takes (RFC 7986 §5.9).
///
/// `Display` gives the name in lower case.
///
/// ```
/// use convene::model::Color;
/// let color = Color::new("SteelBlue").unwrap();
/// assert_eq!((color.name(), color.hex().as_str()), ("steelblue", "#4682B4"));
/// assert!(Color::new("#4682B4").is_none());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Color {
    name: &'static str,
    rgb: u32,
}

impl Color {
    /// The colour of a calendar for which none was chosen.
    pub const DEFAULT: Color = Color { name: "steelblue", rgb: 0x46_82_B4 };

    /// Finds the colour of that name, in whatever case, or gives `None`.
    pub fn new(name: &str) -> Option<Color> {
        let index = COLORS.binary_search_by_key(&name.to_ascii_lowercase().as_str(), |c| c.0);
        COLORS.get(index.ok()?).map(|&(name, rgb)| Color { name, rgb })
    }

    /// The CSS3 name, in lower case.
    pub fn name(self) -> &'static str {
        self.name
    }

    /// Red, green and blue as `#RRGGBB`.
    pub fn hex(self) -> String {
        format!("#{:06X}", self.rgb)
    }

    /// Every name there is, for suggestions.
    pub fn names() -> impl Iterator<Item = &'static str> {
        COLORS.iter().map(|(name, _)| *name)
    }
}

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_in_the_table_is_found() {
        for (name, rgb) in COLORS {
            assert_eq!(Color::new(name), Some(Color { name, rgb }), "{name}");
        }
        assert_eq!(Color::new(Color::DEFAULT.name), Some(Color::DEFAULT));
    }

    #[test]
    fn both_spellings_of_gray_are_one_colour() {
        for name in Color::names().filter(|name| name.contains("gray")) {
            let other = Color::new(&name.replace("gray", "grey"));
            assert_eq!(Color::new(name).map(Color::hex), other.map(Color::hex), "{name}");
        }
    }
}

//! Which coding a client wants (RFC 9110 §12.5.3).

use crate::publish::Coding;
use axum::http::HeaderMap;
use axum::http::header::ACCEPT_ENCODING;

/// From the most to the least preferred, where a client does not mind.
const OURS: [Coding; 3] = [Coding::Brotli, Coding::Gzip, Coding::Identity];

/// The codings that the client accepts, the most wanted first.
///
/// Identity is always the last resort, even where it was refused: a subscriber that gets an error
/// may give the calendar up.
pub(super) fn wanted(headers: &HeaderMap) -> impl Iterator<Item = Coding> {
    let weights = Weights::of(headers);
    let mut wanted = OURS.map(|coding| (weights.get(coding), coding));
    // Stable: of equal weights, the order of `OURS` stays.
    wanted.sort_by_key(|&(weight, _)| std::cmp::Reverse(weight));
    wanted
        .into_iter()
        .filter(|&(weight, coding)| weight > Some(0) || coding == Coding::Identity)
        .map(|(_, coding)| coding)
}

/// The coding that the client wants most.
pub(super) fn first(headers: &HeaderMap) -> Coding {
    wanted(headers).next().unwrap_or_default()
}

/// The weights that the client gave, in thousandths.
#[derive(Default)]
struct Weights {
    brotli: Option<u16>,
    gzip: Option<u16>,
    identity: Option<u16>,
    any: Option<u16>,
}

impl Weights {
    fn of(headers: &HeaderMap) -> Weights {
        let mut weights = Weights::default();
        let lines = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|line| line.to_str().ok());
        for element in lines.flat_map(|line| line.split(',')) {
            let (name, parameters) = element.split_once(';').unwrap_or((element, ""));
            let Some(weight) = weight(parameters) else { continue };
            if let Some(named) = weights.named(name.trim()) {
                *named = Some(weight);
            }
        }
        weights
    }

    fn named(&mut self, name: &str) -> Option<&mut Option<u16>> {
        let is = |ours| name.eq_ignore_ascii_case(ours);
        if is("gzip") || is("x-gzip") {
            Some(&mut self.gzip)
        } else if is("br") {
            Some(&mut self.brotli)
        } else if is("identity") {
            Some(&mut self.identity)
        } else {
            is("*").then_some(&mut self.any)
        }
    }

    /// `None` for identity where nothing was said of it: acceptable, but not wanted.
    fn get(&self, coding: Coding) -> Option<u16> {
        match coding {
            Coding::Brotli => self.brotli.or(self.any).or(Some(0)),
            Coding::Gzip => self.gzip.or(self.any).or(Some(0)),
            Coding::Identity => self.identity.or(self.any),
        }
    }
}

/// The weight of an element's parameters, 1000 where there is none; `None` where it is malformed.
pub(super) fn weight(parameters: &str) -> Option<u16> {
    let parameters = parameters.trim();
    if parameters.is_empty() {
        return Some(1000);
    }
    let (name, value) = parameters.split_once('=')?;
    if !name.trim().eq_ignore_ascii_case("q") {
        return None;
    }
    let value: f32 = value.trim().parse().ok()?;
    (0.0..=1.0).contains(&value).then_some((value * 1000.0) as u16)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(accept: &str, expected: &str) {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_ENCODING, accept.parse().unwrap());
        let names: Vec<_> = wanted(&headers).map(Coding::as_str).collect();
        assert_eq!(names.join(" "), expected, "{accept}");
    }

    #[test]
    fn a_client_that_says_nothing_gets_the_body_as_it_is() {
        let names: Vec<_> = wanted(&HeaderMap::new()).collect();
        assert_eq!(names, [Coding::Identity]);
        check("", "identity");
    }

    #[test]
    fn brotli_before_gzip_before_identity_at_equal_weight() {
        check("gzip, deflate, br", "br gzip identity");
        check("gzip", "gzip identity");
        check("GZIP;Q=1.0", "gzip identity");
        check("x-gzip", "gzip identity");
        check("*", "br gzip identity");
        check("identity, gzip, br", "br gzip identity");
    }

    #[test]
    fn weights_decide() {
        check("br;q=0.5, gzip;q=0.8", "gzip br identity");
        check("gzip;q=0.5, identity", "identity gzip");
        check("gzip;q=0.5, identity;q=0.7, br;q=0.6", "identity br gzip");
        check("gzip;q=0.1", "gzip identity");
        check("gzip;q=0, *;q=0.3", "br identity");
        check("*;q=0.3, identity;q=0.5", "identity br gzip");
    }

    #[test]
    fn identity_is_served_even_where_it_is_refused() {
        check("identity;q=0", "identity");
        check("*;q=0", "identity");
        check("gzip;q=0", "identity");
    }

    #[test]
    fn malformed_elements_are_passed_over() {
        check("gzip;q=2, br;q=x, deflate;;, ,;q=1", "identity");
        check("gzip;level=9, br", "br identity");
        check("br;q=nan", "identity");
    }
}

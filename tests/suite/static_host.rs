//! `_headers` and `_redirects`, as static hosts read them: what they say of each path is what a server
//! of ours says.

use crate::golden::communities;
use crate::support::oci;
use convene::model::Moved;
use convene::publish::{Resource, Snapshot, build, policy, static_host};

/// Pattern and headers, name and value.
type Rule<'t> = (&'t str, Vec<(&'t str, &'t str)>);

fn rules(text: &str) -> Vec<Rule<'_>> {
    let mut rules: Vec<Rule<'_>> = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line.strip_prefix("  ").and_then(|line| line.split_once(": ")) {
            Some(header) => rules.last_mut().unwrap().1.push(header),
            None => rules.push((line, Vec::new())),
        }
    }
    rules
}

/// Whether a path fits, `*` being anything; with Netlify's ways where it is `loose`.
fn fits(pattern: &str, path: &str, loose: bool) -> bool {
    let (pattern, path) = match loose {
        true => (pattern.trim_end_matches('/'), path.trim_end_matches('/')),
        false => (pattern, path),
    };
    let pattern = if loose { pattern.replace("/*/", "*/") } else { pattern.to_owned() };
    let pattern = match pattern.strip_suffix("/*").filter(|_| loose) {
        Some(folder) => format!("{folder}*"),
        None => pattern,
    };
    match pattern.split_once('*') {
        Some((before, after)) => {
            path.len() >= before.len() + after.len()
                && path.starts_with(before)
                && path.ends_with(after)
        }
        None => pattern == path,
    }
}

fn said<'t>(rules: &[Rule<'t>], path: &str, name: &str, loose: bool) -> Vec<&'t str> {
    let fitting = rules.iter().filter(|(pattern, _)| fits(pattern, path, loose));
    let headers = fitting.flat_map(|(_, headers)| headers.iter());
    headers.filter(|(known, _)| *known == name).map(|(_, value)| *value).collect()
}

#[test]
fn a_static_host_says_of_each_document_what_the_server_does() {
    for (name, community, as_of) in communities() {
        let [(_, headers), _] = static_host(&community, as_of);
        let (rules, snapshot) = (rules(&headers), build(&community, as_of));
        assert!(rules.len() <= 100, "{name}: Cloudflare takes no more than 100 rules");
        for (path, resource) in snapshot.iter() {
            let Resource::Document(document) = resource else { continue };
            for loose in [false, true] {
                let of = |name| said(&rules, path, name, loose);
                let about = format!("{name}: {path}");
                assert_eq!(of("Cache-Control"), ["public, max-age=300"], "{about}");
                assert_eq!(of("X-Content-Type-Options"), ["nosniff"], "{about}");
                assert_eq!(of("Referrer-Policy"), ["no-referrer"], "{about}");
                if document.media_type().starts_with("text/html") {
                    assert_eq!(of("Content-Security-Policy"), [policy(path)], "{about}");
                    assert!(of("Access-Control-Allow-Origin").is_empty(), "{about}");
                    assert!(of("Content-Type").is_empty(), "{about}");
                } else {
                    // What is in a folder of pages has their policy too, which binds no other document.
                    assert!(of("Content-Security-Policy").len() <= 1, "{about}");
                    assert_eq!(of("Access-Control-Allow-Origin"), ["*"], "{about}");
                    assert_eq!(of("Content-Type"), [document.media_type()], "{about}");
                }
            }
        }
    }
}

#[test]
fn what_has_moved_or_gone_is_told() {
    let mut community = oci();
    let moved = |from: &str, to: &str| Moved { from: from.to_owned(), to: to.to_owned() };
    community.site.moved =
        vec![moved("/old/", "/meetings/oci-weekly/"), moved("/\u{fc}ber uns", "/community/")];
    community.site.gone = vec!["/gone.ics".to_owned()];
    let [_, (_, redirects)] = static_host(&community, "2026-11-23T12:00:00Z".parse().unwrap());
    for line in [
        "/old/ /meetings/oci-weekly/ 301!",
        "/old/ /meetings/oci-weekly/ 301",
        "/old/* /meetings/oci-weekly/:splat 301!",
        "/old/* /meetings/oci-weekly/:splat 301",
        "/%C3%BCber%20uns /community/ 301!",
        "/gone.ics / 410!",
    ] {
        assert!(redirects.lines().any(|other| other == line), "{line}\n{redirects}");
    }
}

#[test]
fn every_address_that_leads_on_is_told() {
    for (name, community, as_of) in communities() {
        let [_, (_, redirects)] = static_host(&community, as_of);
        let snapshot: Snapshot = build(&community, as_of);
        for (path, resource) in snapshot.iter() {
            let Resource::Redirect { to, .. } = resource else { continue };
            let is_told = redirects.lines().any(|line| {
                let mut words = line.split(' ');
                let (from, known) = (words.next().unwrap(), words.next().unwrap());
                match from.strip_suffix('*').and_then(|from| path.strip_prefix(from)) {
                    Some(rest) => known.replace(":splat", rest) == *to,
                    None => from == path && known == to,
                }
            });
            assert!(is_told, "{name}: {path} leads to {to}");
        }
    }
}

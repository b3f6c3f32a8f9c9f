"""The card, the page for frames and the badge, in the language of whoever looks at them."""

import contextlib

# Two days before a meeting that was cancelled; the next week's takes place.
CANCELLED = "2025-11-25T12:00:00Z"
GERMAN, JAPANESE = "tests/cases/in-german/content", "tests/cases/in-japanese/content"
# The room that the badge gives to each of its texts, and what the browser needs for it.
MEASURED = """async () => {
  const badge = await (await fetch('/next.svg')).text();
  document.body.append(new DOMParser().parseFromString(badge, 'image/svg+xml').documentElement);
  return [...document.querySelectorAll('svg text')].map((text) => {
    const room = text.textLength.baseVal.value;
    text.removeAttribute('textLength');
    return [room, text.getComputedTextLength()];
  });
}"""
LINK = '<a href="/">Meetings</a>'


@contextlib.contextmanager
def site(desk, card, language="", **options):
    """A page somewhere, in a language, with that card on it."""
    with desk.page("/embed/", zone="Europe/Berlin", **options) as page:
        html = f'<!DOCTYPE html><html {language}><title>Club</title><link rel="icon" href="data:,"><script src="/embed.js" defer></script><body>{card}'
        page.route("**/club", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
        page.goto(page.root + "/club")
        yield page


def said(page):
    """What the card says, once it knows the meetings."""
    card = page.locator("convene-next [part=card]")
    card.wait_for()
    return " ".join(card.inner_text().split())


def has(text, *wanted):
    for piece in wanted:
        assert piece in text, f"{piece!r} is not in {text!r}"


def a_reader_of_a_german_page_sees_german_words(desk):
    with site(desk, f"<convene-next>{LINK}</convene-next>", 'lang="de"') as page:
        text = said(page)
        has(text, "NÄCHSTES TREFFEN", "Do., 26. Nov., 19:00–20:00 Uhr MEZ", "10:00–11:00 Uhr PST in der Zeitzone des Treffens")
        has(text, "Beginnt in 3 Tagen", "Feiertag (Thanksgiving Day): Vor der Teilnahme", "Teilnehmen", "Tagesordnung")
        assert "Next" not in text and "Starts" not in text, text
        assert page.locator("convene-next [part=card]").get_attribute("lang") == "de"


def a_reader_of_an_english_page_sees_japanese_where_the_card_is_to_be(desk):
    with site(desk, f'<convene-next locale="ja-JP">{LINK}</convene-next>', 'lang="en"') as page:
        has(said(page), "次回のミーティング", "11/26(木)", "3 日後に開始", "祝日（Thanksgiving Day）です。", "参加する", "アジェンダ")
        assert page.locator("convene-next [part=card]").get_attribute("lang") == "ja"
        page.locator("convene-next").evaluate("card => card.removeAttribute('locale')")
        has(said(page), "NEXT MEETING", "Starts in 3 days", "Join")


def a_reader_of_a_page_that_names_no_language_sees_the_community_s(desk):
    for content, words in {GERMAN: "Tagesordnung", JAPANESE: "アジェンダ", "content": "Agenda"}.items():
        for language in ["", 'lang=""']:
            with site(desk, f"<convene-next>{LINK}</convene-next>", language, content=content) as page:
                has(said(page), words)


def a_reader_of_a_page_in_another_language_sees_its_dates_and_english_words(desk):
    with site(desk, f"<convene-next>{LINK}</convene-next>", 'lang="fr"') as page:
        has(said(page), "NEXT MEETING", "jeu. 26 nov.", "Starts in 3 days")
        assert page.locator("convene-next [part=card]").get_attribute("lang") == "en"


def a_reader_sees_the_page_s_language_where_the_card_s_is_none(desk):
    with site(desk, f'<convene-next locale="de_DE!">{LINK}</convene-next>', 'lang="de"') as page:
        has(said(page), "NÄCHSTES TREFFEN", "Do., 26. Nov.")


def a_reader_sees_in_their_language_that_a_meeting_is_cancelled_in_both_themes(desk):
    grounds = set()
    for theme in ["light", "dark"]:
        with site(desk, f'<convene-next theme="{theme}">{LINK}</convene-next>', 'lang="de"', as_of=CANCELLED) as page:
            has(said(page), "ABGESAGT", "Do., 27. Nov., 19:00–20:00", "Abgesagt: US Thanksgiving", "Mo., 1. Dez.")
            card = page.locator("convene-next [part=card]")
            assert card.get_by_role("link", name="Teilnehmen").count() == 0
            assert card.locator("time").first.evaluate("e => getComputedStyle(e).textDecorationLine") == "line-through"
            grounds.add(card.evaluate("e => getComputedStyle(e).backgroundColor"))
    assert len(grounds) == 2, grounds


def a_reader_sees_in_japanese_from_when_a_meeting_was_moved(desk):
    with site(desk, f'<convene-next series="weekly" count="10">{LINK}</convene-next>', 'lang="ja"', content=JAPANESE) as page:
        text = said(page)
        has(text, "中止：カンファレンス開催のため", " から変更")
        assert "{}" not in text, text


def a_reader_of_a_frame_sees_all_of_it_in_the_language_asked_for(desk):
    for theme in ["light", "dark"]:
        with desk.page(f"/embed/?locale=de&count=2&theme={theme}", zone="Europe/Berlin") as page:
            has(said(page), "NÄCHSTES TREFFEN", "Beginnt in 3 Tagen")
            link = page.get_by_role("link", name="Alle Treffen und Kalender")
            assert link.is_visible() and link.get_attribute("lang") == "de"
            assert page.get_by_role("heading", name="Nächste Treffen: Open Container Initiative").count() == 1
            assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == theme
    with desk.page("/embed/?locale=en-GB", content=GERMAN) as page:
        has(said(page), "CANCELLED", "Moved from", "Agenda")
        assert page.get_by_role("link", name="All meetings and calendars").is_visible()


def a_reader_of_a_frame_without_script_sees_the_community_s_language(desk):
    for content, words in {GERMAN: "Alle Treffen und Kalender", JAPANESE: "全ミーティングとカレンダー", "content": "All meetings and calendars"}.items():
        for as_of in ["2026-11-23T12:00:00Z", "2026-11-25T12:00:00Z"]:
            with desk.page("/embed/?locale=fr", content=content, as_of=as_of, script=False) as page:
                assert page.locator("convene-next li").count() == 3
                assert page.get_by_role("link", name=words).is_visible()


def a_reader_of_a_readme_sees_the_badge_s_text_within_its_box(desk):
    for content in [GERMAN, JAPANESE, "content"]:
        with desk.page("/embed/", content=content) as page:
            boxes = page.evaluate(MEASURED)
            assert len(boxes) == 2, boxes
            for reserved, needed in boxes:
                assert abs(reserved - needed) <= 0.06 * needed, (content, boxes)

// Answers feedsmith.py: what is in feeds, and which feeds are in an OPML file.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const { parseFeed, parseOpml } = createRequire(join(process.argv[2], "package.json"))("feedsmith");

const FORMATS = {
  RSS: ["rss", (feed) => [feed.title, feed.items ?? [], (item) => ({
    id: item.guid?.value, title: item.title, link: item.link, published: instant(item.pubDate),
    author: item.dc?.creators?.[0], content: item.content?.encoded })]],
  Atom: ["atom", (feed) => [feed.title?.value ?? feed.title, feed.entries ?? [], (entry) => ({
    id: entry.id, title: entry.title?.value ?? entry.title, link: alternate(entry.links ?? []),
    published: instant(entry.published), author: (entry.authors ?? feed.authors)?.[0]?.name,
    content: entry.content?.value ?? entry.content })]],
  "JSON Feed": ["json", (feed) => [feed.title, feed.items ?? [], (item) => ({
    id: item.id, title: item.title, link: item.url, published: instant(item.date_published),
    author: (item.authors ?? feed.authors)?.[0]?.name, content: item.content_html })]],
};

function alternate(links) {
  return links.find((link) => (link.rel ?? "alternate") === "alternate")?.href;
}

function instant(text) {
  return text && new Date(text).toISOString().replace(".000Z", "Z");
}

function answer({ file, format: wanted }) {
  try {
    const { format, feed } = parseFeed(readFileSync(file, "utf8"));
    const [name, read] = FORMATS[wanted];
    if (format !== name) return { error: `taken for ${format}` };
    const [title, entries, entry] = read(feed);
    return { title, entries: entries.map((each) => withTexts(entry(each))) };
  } catch (error) {
    return { error: String(error) };
  }
}

function withTexts(entry) {
  return Object.fromEntries(Object.entries(entry).map(([key, value]) => [key, value ?? ""]));
}

function outlines(file) {
  const flat = (list) => (list ?? []).flatMap((each) => (each.xmlUrl ? [each] : flat(each.outlines)));
  return flat(parseOpml(readFileSync(file, "utf8")).body?.outlines).map((each) => [each.text, each.xmlUrl]);
}

const question = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(question.feeds
  ? { feeds: question.feeds.map(answer) }
  : { outlines: outlines(question.outlines) }));

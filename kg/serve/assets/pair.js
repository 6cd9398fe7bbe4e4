// One side of a doubtful pair: its name, and what documents say of it.

import { element } from "./dom.js";
import { say } from "./strings.js";

export const called = (side) => (side.context ? `${side.name}（${side.context}）` : side.name);
export const both = ({ left, right }) => `${called(left)} / ${called(right)}`;

export function showSide(side, mark) {
  const article = element("article", "", { "aria-labelledby": `side-${mark}` });
  const head = element("h3", `${mark}  ${side.name}`, { id: `side-${mark}` });
  const about = element("p", [side.context, say("documents", side)].filter(Boolean).join(" · ") + " · ");
  const link = { href: `/viewer#${new URLSearchParams({ node: side.entity })}`, target: "_blank", rel: "noopener" };
  about.append(element("a", say("inViewer"), link));
  article.append(head, about);
  for (const told of side.documents) {
    const words = [told.date || say("undated"), told.title, told.id].filter(Boolean);
    article.append(element("p", words.join(" · "), { class: "source" }));
    for (const sentence of told.sentences) article.append(quoted(sentence, side.names));
  }
  return article;
}

function quoted(sentence, names) {
  const quote = element("blockquote");
  for (const [text, named] of parts(sentence, names)) quote.append(named ? element("mark", text) : text);
  return quote;
}

// A sentence in pieces, with whether each is one of the names; of two names at one place the longer counts.
function parts(sentence, names) {
  const ordered = names.filter(Boolean).sort((a, b) => b.length - a.length);
  const found = [];
  let plain = "";
  for (let at = 0; at < sentence.length; ) {
    const name = ordered.find((each) => sentence.startsWith(each, at));
    if (name) {
      found.push([plain, false], [name, true]);
      plain = "";
    } else plain += sentence[at];
    at += name ? name.length : 1;
  }
  return [...found, [plain, false]];
}

// The legend, which hides and shows entity types, and the box with the other filters.
import { button, element, sign } from "./dom.js";
import { countyChoices, isOpen, OPEN } from "./filters.js";

const toggled = (names, name) => (names.includes(name) ? names.filter((each) => each !== name) : [...names, name]);
const INDENT = { province: "", prefecture: "\u2003", county: "\u2003\u2003" };
const number = (value) => value.toLocaleString("en");

/** Two texts: how many of how many, or only how many where nothing is hidden. */
const share = (seen, all) => (seen === all ? number(all) : `${number(seen)} / ${number(all)}`);

/**
 * Legend and filter box, kept in step with a filter.
 *
 * @param places {legend, box}: the elements to fill
 * @param change called with the new filter
 * @returns {show(filter, seen)}
 */
export function makeFilters({ legend, box }, model, change) {
  const counties = countyChoices(model);
  const days = model.dates.length ? [model.dates[0], model.dates.at(-1)] : null;

  const kinds = model.kinds.map((kind) => {
    const count = element("span", { class: "soft number" });
    const press = button({}, () => change({ ...now, kinds: toggled(now.kinds, kind.name) }), sign(kind),
      element("span", { class: "label" }, kind.zh), element("span", { class: "soft en", lang: "en" }, kind.name), count);
    return { kind, count, press };
  });
  legend.hidden = !kinds.length;
  legend.append(...kinds.map(({ press }) => press));

  function showLegend(filter, seen) {
    for (const { kind, count, press } of kinds) {
      press.setAttribute("aria-pressed", String(!filter.kinds.includes(kind.name)));
      count.textContent = share(seen.kinds[kind.index], kind.count);
    }
  }

  const field = (key, control) => element("label", { class: "field" }, element("span", { "data-text": key }), control);

  function dayInput(key) {
    return element("input", {
      type: "text", inputmode: "numeric", pattern: "\\d{4}(-\\d{2}(-\\d{2})?)?", placeholder: days?.[key === "since" ? 0 : 1],
      size: 10, disabled: !days, id: `filter-${key}`,
      onchange: (event) => event.target.checkValidity() && change({ ...now, [key]: event.target.value }),
    });
  }

  let now = OPEN;
  const county = element("select", { id: "filter-county", onchange: (event) => change({ ...now, county: event.target.value }) },
    element("option", { value: "", "data-text": "anywhere" }),
    counties.map((node) => element("option", { value: node.id }, `${INDENT[node.level]}${node.name}`)));
  const since = dayInput("since");
  const until = dayInput("until");
  const score = element("input", {
    type: "range", min: 0, max: 1, step: 0.05, id: "filter-score", "data-label": "least",
    onchange: (event) => change({ ...now, score: Number(event.target.value) }),
  });
  const least = element("output", { for: "filter-score" });
  const links = model.links.map((link) => {
    const input = element("input", { type: "checkbox", onchange: () => change({ ...now, links: toggled(now.links, link.name) }) });
    const count = element("span", { class: "soft number" });
    const line = element("label", { class: "check" }, input, element("span", null, link.zh),
      element("span", { class: "soft", lang: "en" }, link.name), count);
    return { link, input, count, line };
  });
  const clear = button({ class: "clear", "data-text": "clear" }, () => change(OPEN));
  box.append(
    field("county", county),
    element("div", { class: "pair" }, field("since", since), field("until", until)),
    element("div", { class: "field" }, element("span", null, element("span", { "data-text": "least" }), " ", least), score),
    element("fieldset", null, element("legend", { "data-text": "relations" }), links.map(({ line }) => line)),
    clear,
  );

  /** The values alone change: who is in the middle of the box must not lose the place. */
  function showBox(filter, seen) {
    now = filter;
    county.value = filter.county;
    since.value = filter.since;
    until.value = filter.until;
    score.value = filter.score;
    least.textContent = filter.score ? `${Math.round(filter.score * 100)} %` : "–";
    for (const { link, input, count } of links) {
      input.checked = !filter.links.includes(link.name);
      count.textContent = share(seen.links[link.index], link.count);
    }
    clear.disabled = isOpen(filter);
  }

  return {
    show(filter, seen) {
      showLegend(filter, seen);
      showBox(filter, seen);
    },
  };
}

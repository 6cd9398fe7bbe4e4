"use strict";
// Puts the parts together. What is looked at is in the address (#node=…&near=1); everything follows from it.
(function (KG) {
  const byId = (id) => document.getElementById(id);
  const model = KG.model();
  const shown = model.opening();
  let edge = null;
  let quiet = false; // the next change was made by a click in the picture: do not move the camera
  let applied; // the address that the page is in step with
  let drawnNear; // the middle of the neighbourhood that is drawn, null for the whole graph

  /** The chosen node, and the node whose neighbourhood alone is shown; both may be null. */
  function state() {
    const words = new URLSearchParams(location.hash.slice(1));
    return { node: model.find(words.get("node")), near: model.find(words.get("near")) };
  }

  function go(node, near) {
    const words = new URLSearchParams();
    if (node) words.set("node", node.id);
    if (near) words.set("near", near.id);
    location.hash = words.toString();
    apply();
  }

  /** To a node named in the card or found by search: within the neighbourhood, or on to its own. */
  function follow(node) {
    const { near } = state();
    go(node, near && (shownNow().has(node) ? near : node));
  }

  const picture = KG.picture(byId("picture"), model, {
    node(node) {
      quiet = true;
      go(node, state().near);
    },
    edge(found) {
      edge = found;
      panel.edge(found);
      picture.choose(null, found);
    },
    nothing: () => go(null, state().near),
    open: (node) => go(node, node),
  });
  const panel = KG.panel(byId("panel"), model, {
    node: follow,
    near: (node) => go(node, node),
    close: () => go(null, state().near),
  });
  const hidden = KG.legend(byId("legend"), model, () => draw());
  KG.finder(byId("search"), byId("hits"), model, follow);

  /** The nodes to draw now: those that were brought in, or one neighbourhood, without hidden types. */
  function shownNow() {
    const { node, near } = state();
    const base = near ? [near, ...model.neighbours(near)] : [...shown];
    return new Set(base.filter((each) => each === node || each === near || !hidden.has(each.kind)));
  }

  /** Places for a neighbourhood: the node in the middle, the others on rings, by relation type. */
  function rings(node, nodes) {
    const places = new Map([[node.index, { x: 0, y: 0 }]]);
    const rank = (other) => model.links.indexOf(other.edges.find((e) => model.other(e, other) === node).link);
    const rest = [...nodes].filter((each) => each !== node)
      .sort((a, b) => rank(a) - rank(b) || a.kind.name.localeCompare(b.kind.name) || a.index - b.index);
    const stretch = Math.sqrt(Math.min(1.7, Math.max(0.75, picture.aspect())));
    for (let ring = 1, at = 0; at < rest.length; ring++) {
      const radius = 70 + 100 * ring;
      const room = Math.floor((2 * Math.PI * radius) / 105);
      const here = rest.slice(at, at + room);
      here.forEach((other, i) => {
        const angle = (2 * Math.PI * (i + (ring % 2) / 2)) / here.length - Math.PI / 2;
        places.set(other.index, { x: radius * stretch * Math.cos(angle), y: (radius / stretch) * Math.sin(angle) });
      });
      at += room;
    }
    return places;
  }

  function draw() {
    const { near } = state();
    const nodes = shownNow();
    const edges = model.edges.filter((each) => nodes.has(each.head) && nodes.has(each.tail));
    picture.show(nodes, edges, near ? rings(near, nodes) : null);
    byId("whole").hidden = !near;
    byId("count").textContent = model.nodes.length
      ? KG.say("count", nodes.size, model.nodes.length, edges.length) : KG.say("empty");
  }

  function card() {
    const { node, near } = state();
    if (edge) panel.edge(edge);
    else if (node) panel.node(node, near === node);
    else panel.close();
  }

  /** Brings the page into step with its address. */
  function apply() {
    const { node, near } = state();
    applied = location.hash;
    edge = null;
    for (const each of [node, near]) {
      if (each && !shown.has(each)) for (const one of model.around(each)) shown.add(one);
    }
    picture.choose(node, null);
    card();
    draw();
    const first = drawnNear === undefined;
    const other = drawnNear !== near;
    drawnNear = near;
    if (first || (other && (near || !node))) picture.fit(!first);
    if (node && !near && (!quiet || other)) picture.centre(node);
    quiet = false;
  }

  byId("whole").addEventListener("click", () => go(state().node || state().near, null));
  byId("fit").addEventListener("click", () => picture.fit(true));
  byId("closer").addEventListener("click", () => picture.zoom(1.4));
  byId("farther").addEventListener("click", () => picture.zoom(1 / 1.4));
  byId("language").addEventListener("click", () => {
    KG.switchLanguage();
    KG.translate();
    card();
    draw();
  });
  globalThis.addEventListener("hashchange", () => {
    if (location.hash !== applied) apply();
  });

  KG.translate();
  apply();
  KG.now = { model, picture, shown: shownNow };
  document.documentElement.dataset.ready = "true";
})(globalThis.KG);

"use strict";
// Puts the parts together. What is looked at is in the address (#node=…&near=1); everything follows from it.
(function (KG) {
  const byId = (id) => document.getElementById(id);
  const model = KG.model();
  const shown = model.opening();
  let edge = null;
  let quiet = false; // the next change was made by a click in the picture: do not move the camera
  let wasNear = null;

  function state() {
    const words = new URLSearchParams(location.hash.slice(1));
    const node = model.find(words.get("node"));
    return { node, near: node !== null && words.has("near") };
  }

  function go(node, near) {
    const words = new URLSearchParams();
    if (node) words.set("node", node.id);
    if (near) words.set("near", "1");
    const before = location.hash;
    location.hash = words.toString();
    if (location.hash === before) apply();
  }

  const picture = KG.picture(byId("picture"), model, {
    node(node) {
      quiet = true;
      go(node, state().near && shownNow().has(node) && state().node === node);
    },
    edge(found) {
      edge = found;
      panel.edge(found);
      picture.choose(null, found);
    },
    nothing() {
      if (!state().near) go(null, false);
    },
    open: (node) => go(node, true),
  });
  const panel = KG.panel(byId("panel"), model, {
    node: (node) => go(node, false),
    near: (node) => go(node, true),
    close: () => go(null, false),
  });
  const hidden = KG.legend(byId("legend"), model, () => draw());
  KG.finder(byId("search"), byId("hits"), model, (node) => go(node, false));

  /** The nodes to draw now: those that were brought in, or one neighbourhood, without hidden types. */
  function shownNow() {
    const { node, near } = state();
    const base = near ? [node, ...model.neighbours(node)] : [...shown];
    return new Set(base.filter((each) => each === node || !hidden.has(each.kind)));
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
    const { node, near } = state();
    const nodes = shownNow();
    const edges = model.edges.filter((each) => nodes.has(each.head) && nodes.has(each.tail));
    picture.show(nodes, edges, near ? rings(node, nodes) : null);
    byId("whole").hidden = !near;
    byId("count").textContent = model.nodes.length
      ? KG.say("count", nodes.size, model.nodes.length, edges.length) : KG.say("empty");
  }

  function apply() {
    const { node, near } = state();
    edge = null;
    if (node && !shown.has(node)) for (const each of model.around(node)) shown.add(each);
    picture.choose(node, null);
    if (node) panel.node(node, near);
    else panel.close();
    draw();
    const moved = wasNear !== near;
    wasNear = near;
    if (near || (moved && !node)) picture.fit(!moved);
    else if (node && (!quiet || moved)) picture.centre(node);
    quiet = false;
  }

  function words() {
    KG.translate();
    const { node, near } = state();
    if (edge) panel.edge(edge);
    else if (node) panel.node(node, near);
    draw();
  }

  byId("whole").addEventListener("click", () => go(state().node, false));
  byId("fit").addEventListener("click", () => picture.fit(true));
  byId("closer").addEventListener("click", () => picture.zoom(1.4));
  byId("farther").addEventListener("click", () => picture.zoom(1 / 1.4));
  byId("language").addEventListener("click", () => {
    KG.switchLanguage();
    words();
  });
  globalThis.addEventListener("hashchange", apply);

  KG.translate();
  apply();
  if (state().node && !state().near) {
    picture.fit(false);
    picture.centre(state().node);
  }
  KG.now = { model, picture, shown: shownNow };
  document.documentElement.dataset.ready = "true";
})(globalThis.KG);

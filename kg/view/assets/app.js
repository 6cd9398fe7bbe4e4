// Puts the parts together. What is looked at is in the address; everything on the page follows from it.
import { makeAsk } from "./ask.js";
import { boxesOf, makeBoxes } from "./boxes.js";
import { broughtIn, centred, fitted } from "./camera.js";
import { makeCard } from "./card.js";
import { element } from "./dom.js";
import { makeEvidence } from "./evidence.js";
import { makeFilters } from "./filterbox.js";
import { applyFilter, isOpen, OPEN } from "./filters.js";
import { makeFinder } from "./finder.js";
import { makeMap, mapBox } from "./map.js";
import { buildModel, edgesAmong, neighbours } from "./model.js";
import { canOpen, unpack } from "./packed.js";
import { betweenness } from "./paths.js";
import { makePicture } from "./picture.js";
import { boxOf, sceneView } from "./scene.js";
import { makeScene } from "./scenery.js";
import { makeSearch } from "./search.js";
import { readState, START, writeState } from "./state.js";
import { makeTakeaway } from "./takeaway.js";
import { readColours } from "./theme.js";
import { makeTimeline } from "./timeline.js";
import { inUse, say, speak, translate } from "./words.js";

const EDGE = 46; // pixels between what is chosen and the card
const PINNED = 40; // neighbours of the chosen that the map shows wherever they are
const byId = (id) => document.getElementById(id);

/** Opens the page. */
async function main() {
  speak((navigator.language || "").toLowerCase().startsWith("zh") ? "zh" : "en");
  translate(document);
  const status = byId("count");
  if (!canOpen()) {
    status.textContent = say("old");
    return;
  }
  status.textContent = say("loading");
  const data = await unpack("graph-data");
  run(buildModel(data, innerHeight > innerWidth));
}

function run(model) {
  const evidence = makeEvidence(() => unpack("evidence-data"));
  const search = makeSearch(model);
  const map = makeMap(model);
  let colours = readColours();
  let state = START;
  let seen = applyFilter(model, OPEN);
  let scene = null;
  let scened = ""; // what the scene was made for
  let hovered = null;
  let marks = { chosen: null, edge: null, lit: null, ways: null };
  let applied = null; // the address that the page is in step with
  let pinned = [];
  let covered = []; // boxes of the canvas under the legend, the card and so on

  const picture = makePicture(byId("canvas"), {
    compose: (camera) => (scene ? sceneView(scene.places, scene.edges, camera) : map(seen, camera, pinned)),
    look: () => ({ colours, hovered, english: inUse() === "en", covered, bounds: [0, 0, picture.camera.width, picture.camera.height], ...marks }),
    on: {
      node: (node) => go({ node: node.id, edge: -1 }, { still: true }),
      bubble: (node) => enter(node),
      edge: (edge) => go({ edge: edge.index, node: "" }, { still: true }),
      nothing: () => go({ node: "", edge: -1 }, { still: true }),
      open: (node) => (scene ? expand(node) : near(node, 1)),
      hover: (node) => {
        hovered = node;
        picture.redraw();
      },
      moved: () => go({ camera: cameraNow() }, { replace: true, quiet: true }),
      key: (event) => keys(event),
    },
  });

  const card = makeCard(byId("panel"), model, evidence, {
    node: (node) => follow(node),
    edge: (edge) => go({ edge: edge.index, node: "" }),
    near,
    expand,
    from: (node) => pick({ from: node }),
    to: (node) => pick({ to: node }),
    close: () => go({ node: "", edge: -1 }, { still: true }),
  });
  makeFinder(byId("search"), byId("hits"), search, follow);
  const filters = makeFilters({ legend: byId("legend"), box: byId("filters") }, model, (filter) => go({ filter }, { replace: true, still: true }));
  const ask = makeAsk(byId("ask"), search, {
    ask: (from, to, paths) => go({ from: from.id, to: to.id, paths, near: "", open: [], node: "", edge: -1, camera: null }),
    central: () => {
      const { nodes, edges } = shown();
      return betweenness(nodes, edges);
    },
    node: follow,
  });
  const timeline = makeTimeline(byId("time"), model, (until) => go({ filter: { ...state.filter, until } }, { replace: true, still: true }));
  const takeaway = makeTakeaway(byId("take"), document.title, () => {
    const { nodes, edges } = shown();
    const all = edgesAmong(nodes, { edge: new Uint8Array(model.edges.length).fill(1) });
    return { nodes, edges, all, view: picture.view(), camera: picture.camera, look: { colours, hovered: null, ...marks } };
  });
  const boxes = makeBoxes(byId, { take: () => takeaway.show() }, () => timeline.stop(), () => {
    covered = boxes.covered(byId("canvas"));
    picture.redraw();
  });

  /** The nodes and edges that are drawn now. */
  function shown() {
    const view = picture.view();
    const nodes = [...view.nodes, ...view.bubbles].map((each) => each.node);
    const present = new Set(nodes);
    return { nodes, edges: view.edges.filter((edge) => present.has(edge.head) && present.has(edge.tail)) };
  }

  const cameraNow = () => [picture.camera.x, picture.camera.y, picture.camera.scale];

  /**
   * On to another state.
   *
   * @param how replace: the step is none to come back to; still: the camera stays; quiet: only the address changes
   */
  function go(change, { replace = false, still = false, quiet = false } = {}) {
    state = { ...state, ...change };
    if (still && !quiet) state.camera = cameraNow();
    const address = writeState(state);
    if (address === applied) return;
    applied = address;
    if (!replace) location.hash = address;
    else if (location.protocol !== "about:") location.replace(`#${address}`); // in a frame # is of the page round it
    if (!quiet) apply(still);
  }

  function near(node, depth) {
    go({ near: node.id, depth, open: [], node: node.id, edge: -1, from: "", to: "", paths: 0, camera: null });
  }

  function whole() {
    go({ near: "", depth: 1, open: [], from: "", to: "", paths: 0, camera: null });
    ask.clear();
  }

  function expand(node) {
    if (!scene || scene.ways || !state.near) near(node, 1);
    else go({ open: [...state.open.filter((id) => id !== node.id), node.id], node: node.id, edge: -1, camera: null });
  }

  /** To a node named in a card or found by search: where it is drawn, or on to its own surroundings. */
  function follow(node) {
    const hidden = !seen.node[node.index];
    const change = { node: node.id, edge: -1, camera: null };
    if (hidden) change.filter = OPEN;
    if (scene && !scene.places.has(node)) Object.assign(change, { near: node.id, depth: 1, open: [], from: "", to: "", paths: 0 });
    else if (scene) change.camera = state.camera;
    go(change, { still: Boolean(scene?.places.has(node)) });
  }

  /** Into a region of the map. */
  function enter(node) {
    const { x, y, radius } = node.ground;
    go({ node: node.id, edge: -1, camera: null }, { still: true });
    picture.lookAt(fitted(picture.camera, [x - radius, y - radius, x + radius, y + radius], { most: 3 }), true);
  }

  function pick(ends) {
    boxes.open("ask");
    ask.pick(ends);
    const { from, to } = ask.ends();
    if (from && to && from !== to) go({ from: from.id, to: to.id, paths: 3, near: "", open: [], node: "", edge: -1, camera: null });
  }

  function fit(animate) {
    const { camera } = picture;
    picture.measureBox();
    camera.insets = boxes.insets(byId("canvas"));
    if (scene) return picture.lookAt(fitted(camera, boxOf(scene.places), { most: 1.35 }), animate);
    const box = mapBox(model, seen);
    const target = fitted(camera, box);
    camera.least = target.scale * 0.5;
    return picture.lookAt(target, animate);
  }

  /** Brings the page into step with the state. */
  function apply(still, first = false) {
    const node = model.find(state.node);
    const edge = model.edges[state.edge] ?? null;
    seen = applyFilter(model, state.filter);
    const { near: middle, depth, open, from, to, paths, filter } = state;
    const wanted = JSON.stringify([middle, depth, open, from, to, paths, filter]);
    const before = scene;
    if (wanted !== scened) {
      const aspect = picture.camera.width / Math.max(1, picture.camera.height);
      const known = open.length && before ? before.places : new Map();
      scene = makeScene(model, seen, state, { aspect, known });
      if (from && to && scene) ask.show(model.find(from), model.find(to), paths, scene.found);
    }
    const changed = wanted !== scened && (scene || before);
    scened = wanted;
    mark(node, edge);
    if (edge) card.edge(edge);
    else if (node) card.node(node, { near: state.near === node.id, depth: state.depth });
    else card.close();
    filters.show(state.filter, seen);
    timeline.show(state.filter.until);
    byId("whole").hidden = !scene;
    move(node, { still, first, changed });
    tell();
  }

  function mark(node, edge) {
    const around = node ? neighbours(node, seen) : [];
    pinned = edge ? [edge.head, edge.tail] : node ? [...(node.ground ? [] : [node]), ...around.filter((each) => !each.ground).slice(0, PINNED)] : [];
    const lit = scene?.ways ? null : edge ? new Set([edge.head, edge.tail]) : node ? new Set([node, ...around]) : null;
    marks = { chosen: node, edge, lit, ways: scene?.ways ?? null };
  }

  function move(node, { still, first, changed }) {
    covered = boxes.covered(byId("canvas"));
    if (first) fit(false);
    picture.camera.insets = boxes.insets(byId("canvas"));
    if (state.camera && !changed) {
      const [x, y, scale] = state.camera;
      picture.lookAt({ x, y, scale }, false);
    } else if (changed) fit(false);
    else if (!still && node && !scene) {
      const scale = node.ground ? Math.max(picture.camera.scale, 220 / node.ground.radius) : Math.max(picture.camera.scale, 0.9);
      picture.lookAt(centred(picture.camera, node.x, node.y, Math.min(2, scale)), !first);
    } else if (!still && !first && !node && state.edge < 0) fit(true);
    picture.draw();
    if (still) reveal();
  }

  /** Moves what was chosen out from under the card. */
  function reveal() {
    const { camera } = picture;
    const ends = marks.edge ? [marks.edge.head, marks.edge.tail] : marks.chosen ? [marks.chosen] : [];
    const at = picture.view().nodes.filter(({ node }) => ends.includes(node));
    if (!at.length) return;
    const target = broughtIn(camera, at, EDGE);
    if (target) picture.lookAt(target, true);
  }

  function tell() {
    const hidden = model.nodes.length - seen.nodes;
    const { nodes } = shown();
    byId("count").textContent = model.nodes.length ? say("count", nodes.length, seen.nodes, seen.edges) : say("empty");
    byId("hidden").hidden = isOpen(state.filter);
    byId("hidden").textContent = say("hidden", hidden + (hidden ? 0 : model.edges.length - seen.edges));
    byId("hidden").title = say("clear");
    byId("cut").hidden = !scene?.left;
    byId("cut").textContent = say("cut", scene?.left ?? 0);
  }

  /** The next or previous of the nodes that are drawn, the best connected first. */
  function step(by) {
    const { nodes } = shown();
    const order = nodes.sort((a, b) => a.rank - b.rank);
    if (!order.length) return;
    const at = order.findIndex((node) => node.id === state.node);
    const next = order[(at + by + order.length) % order.length];
    go({ node: next.id, edge: -1 }, { still: true });
    byId("said").textContent = `${next.name} ${next.kind.zh} ${next.kind.name}`;
  }

  /** Keys that work everywhere but in fields. */
  function keys(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const inField = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (event.key === "Escape") {
      if (!boxes.close()) go({ node: "", edge: -1 }, { still: true });
      byId("canvas").focus({ preventScroll: true });
      return;
    }
    if (inField) return;
    const node = model.find(state.node);
    const inPicture = event.target === byId("canvas");
    const does = {
      "/": () => byId("search").focus(),
      "?": () => boxes.toggle("help"),
      f: () => boxes.toggle("filters"),
      a: () => boxes.toggle("ask"),
      t: () => boxes.toggle("time"),
      d: () => boxes.toggle("take"),
      0: () => fit(true),
      n: () => step(1),
      p: () => step(-1),
      e: () => node && expand(node),
      w: () => whole(),
      1: () => node && near(node, 1),
      2: () => node && near(node, 2),
      3: () => node && near(node, 3),
    };
    if (inPicture) does.Enter = () => node && near(node, 1);
    const action = does[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!action) return;
    event.preventDefault();
    action();
  }

  function speakOther() {
    speak(inUse() === "en" ? "zh" : "en");
    translateAll();
    apply(true);
  }

  function translateAll() {
    translate(document);
    byId("language").textContent = say("other");
    byId("help").replaceChildren(element("p", null, say("tips")),
      element("dl", null, say("keys").map(([key, what]) => [element("dt", null, element("kbd", null, key)), element("dd", null, what)])));
  }

  for (const [id, action] of Object.entries({
    whole, fit: () => fit(true), closer: () => picture.zoom(1.5), farther: () => picture.zoom(1 / 1.5),
    language: speakOther, hidden: () => go({ filter: OPEN }, { replace: true, still: true }),
  })) byId(id).addEventListener("click", action);
  document.addEventListener("keydown", (event) => event.target !== byId("canvas") && keys(event));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    colours = readColours();
    picture.redraw();
  });
  // Paper is light; the style sheet alone cannot repaint the canvas.
  const onPaper = (paper) => () => {
    document.documentElement.toggleAttribute("data-print", paper);
    colours = readColours();
    picture.draw();
  };
  globalThis.addEventListener("beforeprint", onPaper(true));
  globalThis.addEventListener("afterprint", onPaper(false));
  globalThis.addEventListener("hashchange", () => {
    const address = location.hash.slice(1);
    if (address === applied) return;
    state = readState(address);
    applied = address;
    apply(false);
  });

  const start = location.hash.slice(1) || document.documentElement.dataset.start || "";
  state = readState(start);
  applied = start;
  translateAll();
  picture.measureBox();
  apply(false, true);
  globalThis.KG = { model, picture, shown, state: () => state, seen: () => seen, evidence, boxes: boxesOf };
  document.documentElement.dataset.ready = "true";
}

main();

// Doubtful pairs, one at a time, decided by people.

import { byId, element } from "./dom.js";
import { both, showSide } from "./pair.js";
import { chinese, say, translate } from "./strings.js";

const KEYS = { s: "same", d: "different", u: "unsure" };
let words = { kinds: {}, reasons: {} };
let state = { question: null, made: [] };
let busy = false;

async function start() {
  translate();
  for (const button of document.querySelectorAll("[data-verdict]")) {
    button.addEventListener("click", () => decide(button.dataset.verdict));
  }
  byId("undo").addEventListener("click", () => undo(state.made[0]));
  document.addEventListener("keydown", press);
  await ask(async () => {
    const about = await fetch("/about");
    if (about.ok) words = await about.json();
    return fetch("/review/state");
  });
  document.documentElement.dataset.ready = "";
}

function press(event) {
  // a key that is held down must not decide one pair after the other
  if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key.toLowerCase();
  if (KEYS[key]) decide(KEYS[key]);
  else if (key === "z") undo(state.made[0]);
}

function decide(verdict) {
  if (!state.question) return;
  const pair = both(state.question);
  send("/review/decide", { ...sides(state.question), verdict }, say("kept", { verdict: say(verdict), pair }));
}

function undo(made) {
  if (made) send("/review/undo", sides(made), say("undone", { pair: both(made) }));
}

const sides = ({ left, right }) => ({ left: left.id, right: right.id });

function send(path, content, done) {
  const request = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(content) };
  return ask(() => fetch(path, request), done);
}

// One request at a time, so that a pair is decided once.
async function ask(request, done = "") {
  if (busy) return;
  busy = true;
  byId("error").hidden = true;
  try {
    const response = await request();
    if (response.status === 401) fail(say("loggedOut"));
    else if (response.status === 404) fail(say("noQueue"));
    else if (response.ok) show(await response.json(), done);
    else fail((await response.json()).error.message);
  } catch {
    fail(say("lost"));
  } finally {
    busy = false;
  }
}

function fail(message) {
  byId("status").textContent = "";
  byId("message").textContent = message;
  byId("error").hidden = false;
}

function show(answer, done) {
  state = answer;
  const { question, made } = state;
  const decided = state.all - state.waiting;
  byId("about").textContent = say("reviewAbout", state);
  byId("how-far").hidden = state.all === 0;
  Object.assign(byId("progress"), { max: Math.max(state.all, 1), value: decided });
  byId("counted").textContent = say("progress", { decided, all: state.all });
  byId("undo").disabled = made.length === 0;
  byId("status").textContent = [done, question ? done && say("next", { pair: both(question) }) : say("noDoubts")]
    .filter(Boolean).join(" ");
  const left = byId("verdicts").contains(document.activeElement) && !question;
  byId("pair").hidden = byId("verdicts").hidden = !question;
  if (question) showPair(question);
  if (left) byId("status").focus();
  showMade(made);
}

function showPair(question) {
  const kind = kindName(question.kind);
  byId("kind").textContent = say("score", { kind, score: question.score });
  byId("sides").replaceChildren(showSide(question.left, "A"), showSide(question.right, "B"));
  byId("reasons").replaceChildren(...question.reasons.map((each) => element("li", reason(each))));
}

function kindName(kind) {
  if (kind === "People") return say("people");
  return (chinese && words.kinds[kind]) || kind;
}

// "in one county (331124) +2" in the page's language; the words may be those of a schema without Chinese.
function reason(text) {
  const [, says, rest] = /^(.*?)((?: \([^()]*\))? (?:[-+][\d.]+|never))?$/s.exec(text);
  return ((chinese && words.reasons[says]) || says) + (rest ?? "");
}

function showMade(made) {
  byId("decided").hidden = made.length === 0;
  byId("made").replaceChildren(...made.map((each) => {
    const pair = both(each);
    const line = element("li", [say(each.verdict), pair, each.day].filter(Boolean).join(" · ") + " ");
    const button = element("button", say("undo"), { "aria-label": say("undoThis", { pair }) });
    button.addEventListener("click", () => undo(each));
    line.append(button);
    return line;
  }));
}

start();

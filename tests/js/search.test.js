// Search over names, aliases and pinyin.
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeSearch } from "../../kg/view/assets/search.js";
import { twoCounties } from "./graph.js";

const search = makeSearch(twoCounties());
const found = (text) => search(text, 10).map(({ node }) => node.name);

test("names and aliases, whole ones first", () => {
  assert.deepEqual(found("松阳"), ["松阳县"]);
  assert.equal(search("松阳", 10)[0].word, "松阳");
  assert.deepEqual(found("强国"), ["强国"]);
  assert.deepEqual(found("国强"), ["单国强"]);
  assert.deepEqual(found(""), []);
  assert.deepEqual(found("没有"), []);
});

test("initials, syllables and both mixed", () => {
  for (const text of ["syx", "songyang", "songy", "SY", "s阳", "songyx"]) assert.deepEqual(found(text), ["松阳县"], text);
  for (const text of ["cxx", "changxing", "zxx"]) assert.deepEqual(found(text), ["长兴县"], text);
  assert.deepEqual(found("gq"), ["单国强"]);
});

test("a family name is read as one", () => {
  assert.deepEqual(found("sgq"), ["单国强"]);
  assert.deepEqual(found("shanguo"), ["单国强"]);
  assert.deepEqual(found("dgq"), []);
});

test("no more than asked for", () => {
  assert.equal(search("公司", 1).length, 1);
});

// Where one looks.
import assert from "node:assert/strict";
import { test } from "node:test";
import { broughtIn, centred, fitted, makeCamera, toScreen, toWorld, zoomed } from "../../kg/view/assets/camera.js";

const camera = () => Object.assign(makeCamera(1000, 600), { x: 50, y: -20, scale: 2 });

test("the world and the screen are inverse to each other", () => {
  const at = toScreen(camera(), 70, 10);
  assert.deepEqual(at, { x: 540, y: 360 });
  assert.deepEqual(toWorld(camera(), at.x, at.y), { x: 70, y: 10 });
});

test("zooming holds a point in place and has an end", () => {
  const one = camera();
  const fixed = toWorld(one, 100, 500);
  Object.assign(one, zoomed(one, 1.5, 100, 500));
  const now = toScreen(one, fixed.x, fixed.y);
  assert.ok(Math.hypot(now.x - 100, now.y - 500) < 1e-6);
  assert.equal(zoomed(one, 1e9).scale, 6);
});

test("a box fills the part of the screen that is free", () => {
  const one = camera();
  one.insets = { top: 0, right: 400, bottom: 0, left: 0 };
  Object.assign(one, fitted(one, [0, 0, 552, 100], { margin: 24 }));
  assert.equal(one.scale, 1);
  assert.equal(toScreen(one, 0, 0).x, 24);
  assert.equal(toScreen(one, 552, 0).x, 576);
  assert.equal(toScreen({ ...one, ...centred(one, 5, 5, 1) }, 5, 5).x, 300);
});

test("what is chosen comes out from under the card", () => {
  const one = camera();
  one.insets = { top: 0, right: 400, bottom: 0, left: 0 };
  assert.equal(broughtIn(one, [{ x: 300, y: 300 }], 40), null);
  const point = toWorld(one, 900, 300);
  Object.assign(one, broughtIn(one, [{ x: 900, y: 300 }], 40));
  assert.equal(Math.round(toScreen(one, point.x, point.y).x), 560);
});

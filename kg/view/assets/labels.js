"use strict";
// Names on the canvas: always the same size on the screen, the important ones first, none over another.
(function (KG) {
  const FONT = 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';
  const CELL = 64;
  const widths = new Map();

  function width(ctx, text, font) {
    const key = font + text;
    if (!widths.has(key)) widths.set(key, ctx.measureText(text).width);
    return widths.get(key);
  }

  const shortened = (text, longest) => {
    const letters = [...text.replace(/\s+/g, " ")];
    return letters.length > longest ? `${letters.slice(0, longest - 1).join("")}…` : letters.join("");
  };

  /** Boxes already on the screen, by cells. */
  function Taken() {
    const cells = new Map();
    const each = (box, visit) => {
      for (let x = Math.floor(box[0] / CELL); x <= Math.floor(box[2] / CELL); x++)
        for (let y = Math.floor(box[1] / CELL); y <= Math.floor(box[3] / CELL); y++)
          if (visit(`${x},${y}`)) return true;
      return false;
    };
    const meets = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
    return {
      free: (box) => !each(box, (cell) => (cells.get(cell) || []).some((other) => meets(box, other))),
      add: (box) => {
        each(box, (cell) => {
          if (!cells.has(cell)) cells.set(cell, []);
          cells.get(cell).push(box);
        });
      },
    };
  }

  /**
   * Draws labels in order, leaving out those that would touch an earlier one.
   *
   * Each item: text, x, y (world), below (world distance from the centre to the label's top), size (px),
   * bold, colour, alpha, longest (in characters), centred (on the point instead of below it), must (drawn wherever it falls).
   * No label covers a sign ({x, y, reach}, world).
   */
  KG.drawLabels = function (ctx, items, signs, halo) {
    const m = ctx.getTransform();
    const ratio = globalThis.devicePixelRatio || 1;
    const scale = m.a / ratio;
    const right = ctx.canvas.width / ratio;
    const bottom = ctx.canvas.height / ratio;
    const taken = Taken();
    ctx.save();
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    ctx.strokeStyle = halo;
    for (const sign of signs) {
      const x = sign.x * scale + m.e / ratio;
      const y = sign.y * scale + m.f / ratio;
      const reach = sign.reach * scale;
      taken.add([x - reach, y - reach, x + reach, y + reach]);
    }
    for (const item of items) {
      const x = item.x * scale + m.e / ratio;
      const y = item.y * scale + m.f / ratio + (item.centred ? 0 : item.below * scale + item.size * 0.62 + 2);
      if (x < -80 || y < -20 || x > right + 80 || y > bottom + 20) continue;
      const text = shortened(item.text, item.longest || 16);
      ctx.font = `${item.bold ? 600 : 400} ${item.size}px ${FONT}`;
      const half = width(ctx, text, ctx.font) / 2 + 4;
      const box = [x - half, y - item.size * 0.7, x + half, y + item.size * 0.7];
      if (!item.must && !taken.free(box)) continue;
      taken.add(box);
      ctx.globalAlpha = item.alpha;
      ctx.lineWidth = 3.5;
      ctx.strokeText(text, x, y);
      ctx.fillStyle = item.colour;
      ctx.fillText(text, x, y);
    }
    ctx.restore();
  };
})(globalThis.KG);

// The boxes that open from the bar at the top, one at a time: filter, ask, time, take away, help.

const NAMES = ["filters", "ask", "time", "take", "help"];

/** The names of the boxes. */
export const boxesOf = NAMES;

/**
 * Opens and closes the boxes by their buttons.
 *
 * @param byId finds elements; the button of box "ask" has the id "open-ask"
 * @param opening by name, what to do when a box opens
 * @param closed called when any box closes
 * @param changed called after any box has opened or closed
 */
export function makeBoxes(byId, opening, closed, changed) {
  function set(name, open) {
    byId(name).hidden = !open;
    byId(`open-${name}`).setAttribute("aria-expanded", String(open));
    changed();
  }

  function close() {
    const open = NAMES.find((name) => !byId(name).hidden);
    if (!open) return false;
    set(open, false);
    closed();
    return true;
  }

  function open(name) {
    if (!byId(name).hidden) return;
    close();
    opening[name]?.();
    set(name, true);
    byId(name).querySelector("input, select, button, textarea")?.focus({ preventScroll: true });
  }

  function toggle(name) {
    if (byId(name).hidden) open(name);
    else close();
  }

  for (const name of NAMES) byId(`open-${name}`).addEventListener("click", () => toggle(name));

  return {
    open,
    close,
    toggle,
    /** What lies over the canvas, as boxes [left, top, right, bottom] on it: names keep off. */
    covered(canvas) {
      const whole = canvas.getBoundingClientRect();
      return ["legend", "tools", "status", "panel", ...NAMES].map(byId).filter((each) => !each.hidden).map((each) => {
        const box = each.getBoundingClientRect();
        return [box.left - whole.left, box.top - whole.top, box.right - whole.left, box.bottom - whole.top];
      });
    },

    /** The parts of the canvas that the card covers: beside it, or below it on a narrow screen. */
    insets(canvas) {
      const none = { top: 0, right: 0, bottom: 0, left: 0 };
      const panel = byId("panel");
      const whole = canvas.getBoundingClientRect();
      const legend = byId("legend").getBoundingClientRect();
      const narrow = whole.width < 760;
      if (narrow) none.bottom = legend.height;
      else {
        const box = NAMES.filter((name) => name !== "time").map(byId).find((each) => !each.hidden);
        none.left = Math.max(legend.width, box ? box.getBoundingClientRect().width + 14 : 0);
      }
      if (panel.hidden) return none;
      const box = panel.getBoundingClientRect();
      return narrow ? { ...none, bottom: box.height } : { ...none, right: box.width + 14 };
    },
  };
}

"use strict";
// The only file that knows vis-network: signs, edges, grounds, labels and the camera.
(function (KG) {
  const CLOSEST = 5;

  function theme() {
    const style = getComputedStyle(document.documentElement);
    const read = (name) => style.getPropertyValue(name).trim();
    return {
      paper: read("--paper"), ink: read("--ink"), soft: read("--soft"), edge: read("--edge"),
      accent: read("--accent"), ground: read("--ground"),
    };
  }

  /** Handlers: node(node), edge(edge), nothing(), open(node) on a double click. */
  KG.picture = function (container, model, handlers) {
    const signs = new vis.DataSet();
    const lines = new vis.DataSet();
    let colours = theme();
    let shown = []; // nodes, the most important first
    let places = null; // own positions of a neighbourhood, by node index
    let chosen = { node: null, edge: null };
    let hovered = null;

    const network = new vis.Network(container, { nodes: signs, edges: lines }, {
      physics: false,
      layout: { improvedLayout: false },
      interaction: {
        hover: true, hoverConnectedEdges: false, selectConnectedEdges: false, selectable: false,
        dragNodes: false, tooltipDelay: 86400000, zoomSpeed: 0.7,
      },
      nodes: { chosen: false, borderWidth: 1 },
      edges: { chosen: false, arrowStrikethrough: false, selectionWidth: 0, hoverWidth: 0 },
    });

    const place = (node) => (places && places.get(node.index)) || node;
    const near = () => {
      if (chosen.edge) return new Set([chosen.edge.head, chosen.edge.tail]);
      return chosen.node ? new Set([chosen.node, ...model.neighbours(chosen.node)]) : null;
    };
    const touches = (edge) =>
      chosen.edge ? edge === chosen.edge : edge.head === chosen.node || edge.tail === chosen.node;

    function paint() {
      const lit = near();
      signs.update(shown.map((node) => {
        const bright = !lit || lit.has(node);
        const at = place(node);
        const own = node === chosen.node;
        return {
          id: node.index, x: at.x, y: at.y, shape: node.kind.shape, size: node.size, label: undefined,
          opacity: bright ? 1 : 0.2, borderWidth: own ? 4 : 1,
          color: {
            background: node.kind.colour, border: own ? colours.ink : colours.paper,
            hover: { background: node.kind.colour, border: colours.ink },
          },
        };
      }));
      lines.update(lines.get().map(({ id }) => {
        const bright = lit && touches(model.edges[id]);
        const colour = bright ? colours.accent : colours.edge;
        return {
          id, width: bright ? 2 : 1,
          color: { color: colour, hover: colour, opacity: bright ? 0.9 : lit ? 0.12 : 0.38, inherit: false },
        };
      }));
    }

    function curves(edges) {
      const seen = new Map();
      return edges.map((edge) => {
        const pair = `${edge.head.index} ${edge.tail.index}`;
        const nth = (seen.get(pair) || 0) + 1;
        seen.set(pair, nth);
        return {
          id: edge.index, from: edge.head.index, to: edge.tail.index,
          smooth: nth === 1 ? false : { enabled: true, type: "curvedCW", roundness: 0.12 * (nth - 1) },
          arrows: { to: { enabled: true, scaleFactor: 0.45 } },
        };
      });
    }

    network.on("beforeDrawing", (ctx) => {
      if (places) return;
      const present = new Set(shown);
      const scale = network.getScale();
      for (const { node, x, y, radius, depth } of model.grounds) {
        if (!present.has(node) || radius * scale < 3) continue;
        ctx.beginPath();
        ctx.arc(x, y, radius, 0, 2 * Math.PI);
        ctx.fillStyle = `rgba(${colours.ground}, ${depth ? 0.045 : 0.06})`;
        ctx.fill();
        ctx.lineWidth = 1 / scale;
        ctx.strokeStyle = `rgba(${colours.ground}, 0.22)`;
        ctx.stroke();
      }
    });

    function edgeLabels(scale) {
      if (!chosen.node && !chosen.edge) return [];
      const all = chosen.edge ? [chosen.edge] : places || scale > 0.7 ? chosen.node.edges : [];
      // Many times the same word tells nothing; offices always do.
      const edges = all.length > 12 ? all.filter((edge) => edge.title) : all;
      return edges.flatMap((edge) => {
        const drawn = lines.get(edge.index) && network.body.edges[edge.index];
        const at = drawn && drawn.edgeType && drawn.edgeType.getPoint && drawn.edgeType.getPoint(0.5);
        const text = edge.title || edge.link.zh;
        return at ? [{ text, x: at.x, y: at.y, centred: true, size: 11, colour: colours.accent, alpha: 1 }] : [];
      });
    }

    network.on("afterDrawing", (ctx) => {
      const scale = network.getScale();
      const lit = near();
      const items = [];
      const later = [];
      const signs = [];
      for (const node of shown) {
        const bright = lit ? lit.has(node) : true;
        const own = node === chosen.node || node === hovered;
        const large = node.ground * scale > 26;
        if (!own && !(lit && bright) && !large && node.size * scale < 6) continue;
        const region = large && !places;
        const at = place(node);
        if (bright && node.size * scale > 5) signs.push({ x: at.x, y: at.y, reach: node.size * 0.8 });
        const item = {
          text: node.name, x: at.x, y: at.y, below: node.size, must: own,
          size: own ? 14 : region ? Math.min(17, 11.5 + (node.ground * scale) / 45) : 12,
          bold: own || region, longest: places && !own ? 11 : 16, colour: colours.ink, alpha: bright ? 1 : 0.3,
        };
        if (own) items.unshift(item);
        else if (bright) items.push(item);
        else later.push(item);
      }
      KG.drawLabels(ctx, [...items, ...edgeLabels(scale), ...later], signs, colours.paper);
    });

    network.on("click", ({ pointer }) => {
      const node = network.getNodeAt(pointer.DOM);
      const edge = node === undefined ? network.getEdgeAt(pointer.DOM) : undefined;
      if (node !== undefined) handlers.node(model.nodes[node]);
      else if (edge !== undefined) handlers.edge(model.edges[edge]);
      else handlers.nothing();
    });
    network.on("doubleClick", ({ pointer }) => {
      const node = network.getNodeAt(pointer.DOM);
      if (node !== undefined) handlers.open(model.nodes[node]);
    });
    const hover = (node) => {
      hovered = node;
      container.classList.toggle("pointing", node !== null);
      network.redraw();
    };
    network.on("hoverNode", ({ node }) => hover(model.nodes[node]));
    network.on("blurNode", () => hover(null));
    network.on("zoom", ({ scale }) => {
      if (scale > CLOSEST) network.moveTo({ scale: CLOSEST });
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      colours = theme();
      paint();
    });

    /** The part of the canvas that nothing covers: centre and size in pixels. */
    function freePart(withoutLegend) {
      const all = container.getBoundingClientRect();
      const free = { left: 0, top: 0, right: all.width, bottom: all.height };
      const panel = document.getElementById("panel");
      const legend = document.getElementById("legend").getBoundingClientRect();
      if (legend.width > all.width * 0.8) free.bottom = Math.min(free.bottom, legend.top - all.top);
      else if (withoutLegend) free.left = legend.right - all.left;
      if (!panel.hidden) {
        const box = panel.getBoundingClientRect();
        if (box.width > all.width * 0.8) free.bottom = Math.min(free.bottom, box.top - all.top);
        else free.right = box.left - all.left;
      }
      return {
        width: free.right - free.left, height: free.bottom - free.top,
        x: (free.left + free.right - all.width) / 2, y: (free.top + free.bottom - all.height) / 2,
      };
    }

    function move(x, y, scale, animate) {
      const free = freePart(places !== null);
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches || !animate;
      network.moveTo({
        position: { x, y }, scale, offset: { x: free.x, y: free.y },
        animation: calm ? false : { duration: 350, easingFunction: "easeInOutQuad" },
      });
    }

    return {
      /** Draws exactly these nodes with the edges between them; `own` gives them other places. */
      show(nodes, edges, own) {
        places = own || null;
        const away = ({ x, y }) => x * x + y * y;
        const before = places
          ? (a, b) => away(place(a)) - away(place(b))
          : (a, b) => b.ground - a.ground || b.edges.length - a.edges.length;
        shown = [...nodes].sort(before);
        lines.clear();
        const wanted = new Set(shown.map((node) => node.index));
        signs.remove(signs.getIds().filter((id) => !wanted.has(id)));
        paint();
        lines.add(curves(edges));
        paint();
      },

      choose(node, edge) {
        chosen = { node, edge };
        paint();
      },

      /** Everything that is drawn, as large as it goes. */
      fit(animate) {
        if (!shown.length) return;
        const box = [Infinity, Infinity, -Infinity, -Infinity];
        for (const node of shown) {
          const { x, y } = place(node);
          const reach = places ? node.size + 34 : node.size;
          box[0] = Math.min(box[0], x - reach);
          box[1] = Math.min(box[1], y - reach);
          box[2] = Math.max(box[2], x + reach);
          box[3] = Math.max(box[3], y + reach);
        }
        const present = new Set(shown);
        for (const { node, x, y, radius } of places ? [] : model.grounds) {
          if (!present.has(node)) continue;
          box[0] = Math.min(box[0], x - radius);
          box[1] = Math.min(box[1], y - radius);
          box[2] = Math.max(box[2], x + radius);
          box[3] = Math.max(box[3], y + radius);
        }
        const free = freePart(places !== null);
        const scale = Math.min((free.width - 24) / (box[2] - box[0]), (free.height - 24) / (box[3] - box[1]), 2);
        move((box[0] + box[2]) / 2, (box[1] + box[3]) / 2, scale, animate);
      },

      /** One node in the middle, near enough to read its surroundings. */
      centre(node) {
        const { x, y } = place(node);
        move(x, y, Math.max(network.getScale(), Math.min(1.5, 340 / (node.ground || 300))), true);
      },

      zoom(factor) {
        network.moveTo({ scale: Math.min(CLOSEST, network.getScale() * factor), animation: { duration: 180 } });
      },

      /** Width by height of the free part of the canvas. */
      aspect() {
        const free = freePart(true);
        return free.width / Math.max(1, free.height);
      },

      /** Where a node is on the screen, for tests and pointers: {x, y} in the page's pixels. */
      locate(node) {
        const box = container.getBoundingClientRect();
        const at = network.canvasToDOM(place(node));
        return { x: at.x + box.left, y: at.y + box.top };
      },
    };
  };
})(globalThis.KG);

// Places for the nodes of a small graph: springs along edges, repulsion between all; the same graph, the same picture.

const STEPS = 300;
const LENGTH = 110;
const GOLDEN = Math.PI * (3 - Math.sqrt(5));

// nodes: count; edges: pairs of positions. Returns [x, y] for each node.
export function layOut(count, edges) {
  const places = Array.from({ length: count }, (_, i) => {
    const radius = LENGTH * 0.6 * Math.sqrt(i + 0.5);
    return [radius * Math.cos(i * GOLDEN), radius * Math.sin(i * GOLDEN)];
  });
  for (let step = 0; step < STEPS; step += 1) {
    const pushes = places.map(([x, y]) => [-x * 0.02, -y * 0.02]);
    for (let i = 0; i < count; i += 1) {
      for (let j = 0; j < i; j += 1) {
        const dx = places[i][0] - places[j][0];
        const dy = places[i][1] - places[j][1];
        const force = (LENGTH * LENGTH) / Math.max(dx * dx + dy * dy, 1);
        push(pushes, i, j, dx * force * 0.5, dy * force * 0.5);
      }
    }
    for (const [i, j] of edges) {
      const dx = places[i][0] - places[j][0];
      const dy = places[i][1] - places[j][1];
      const length = Math.hypot(dx, dy) || 1;
      const force = ((LENGTH - length) / length) * 0.3;
      push(pushes, i, j, dx * force, dy * force);
    }
    const most = LENGTH * (1 - step / STEPS);
    for (let i = 0; i < count; i += 1) {
      const size = Math.hypot(...pushes[i]) || 1;
      const share = Math.min(size, most) / size;
      places[i][0] += pushes[i][0] * share;
      places[i][1] += pushes[i][1] * share;
    }
  }
  return places;
}

function push(pushes, i, j, x, y) {
  pushes[i][0] += x;
  pushes[i][1] += y;
  pushes[j][0] -= x;
  pushes[j][1] -= y;
}

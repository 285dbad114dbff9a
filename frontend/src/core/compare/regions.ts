import type { Box } from "./area.ts";

/** A connected change: where it lies in parts of the map's sides, and how much changed in it. */
export interface Region {
  readonly box: Box;
  readonly weight: number;
}

/** Below this error nothing is called a change, however quiet the rest is. */
const leastError = 0.12;
/** A change smaller than this share of the map is a speck. */
const leastArea = 0.0003;
const mostRegions = 24;

/** The error that divides changed from unchanged pixels best (Otsu), never below a floor. */
export function threshold(map: Float32Array): number {
  const bins = 256;
  const counts = new Float64Array(bins);
  for (const value of map) {
    const bin = Math.min(bins - 1, Math.floor(value * bins));
    counts[bin] = (counts[bin] as number) + 1;
  }
  const all = counts.reduce((sum, count, bin) => sum + count * bin, 0);
  let below = 0;
  let sum = 0;
  let best = { spread: 0, bin: 0 };
  counts.forEach((count, bin) => {
    below += count;
    sum += count * bin;
    const above = map.length - below;
    if (below === 0 || above === 0) return;
    const spread = below * above * (sum / below - (all - sum) / above) ** 2;
    if (spread > best.spread) best = { spread, bin };
  });
  return Math.max(leastError, (best.bin + 1) / bins);
}

/** The connected changes of a map, most change first. */
export function findRegions(map: Float32Array, width: number, height: number): Region[] {
  const cut = threshold(map);
  const seen = new Uint8Array(map.length);
  const found: (Region & { area: number })[] = [];
  for (let start = 0; start < map.length; start += 1)
    if (!seen[start] && (map[start] as number) > cut)
      found.push(grow(map, width, height, start, cut, seen));
  return found
    .filter((region) => region.area >= Math.max(1, leastArea * map.length))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, mostRegions)
    .map(({ box, weight }) => ({ box, weight }));
}

/** Everything above the cut that hangs together with one pixel, over corners too. */
function grow(
  map: Float32Array,
  width: number,
  height: number,
  start: number,
  cut: number,
  seen: Uint8Array,
): Region & { area: number } {
  const open = [start];
  seen[start] = 1;
  let [left, right, top, bottom] = [width, -1, height, -1];
  let [weight, area] = [0, 0];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const x = at % width;
    const y = (at - x) / width;
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
    weight += map[at] as number;
    area += 1;
    for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v += 1)
      for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u += 1) {
        const next = v * width + u;
        if (seen[next] || (map[next] as number) <= cut) continue;
        seen[next] = 1;
        open.push(next);
      }
  }
  const box = {
    left: left / width,
    top: top / height,
    width: (right - left + 1) / width,
    height: (bottom - top + 1) / height,
  };
  return { box, weight, area };
}

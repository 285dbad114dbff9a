import { makePlanes, type Planes } from "../flip/planes.ts";

/** A rectangle in pixels, or in parts of a side. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** What one output pixel takes from a line of input pixels. */
interface Share {
  readonly first: number;
  readonly weights: Float64Array;
}

/** A part of an image, each pixel the mean of the area that it covers (never less than one pixel). */
export function averaged(image: Planes, part: Box, width: number, height: number): Planes {
  const columns = shares(part.left, part.width, width, image.width);
  const rows = shares(part.top, part.height, height, image.height);
  const out = makePlanes(width, height);
  const squeezed = new Float32Array(width * image.height);
  image.channels.forEach((channel, index) => {
    squeezeRows(channel, image, columns, squeezed);
    squeezeColumns(squeezed, width, rows, out.channels[index] as Float32Array);
  });
  return out;
}

/** For each of `count` output pixels, the input pixels under it; past the ends the last one counts. */
function shares(start: number, length: number, count: number, limit: number): Share[] {
  const step = length / count;
  const half = Math.max(1, step) / 2;
  return Array.from({ length: count }, (_, index) => {
    const middle = start + (index + 0.5) * step;
    const from = middle - half;
    const to = middle + half;
    const first = Math.min(Math.max(Math.floor(from), 0), limit - 1);
    const last = Math.min(Math.max(Math.ceil(to) - 1, first), limit - 1);
    const weights = new Float64Array(last - first + 1);
    for (let at = first; at <= last; at += 1)
      weights[at - first] = Math.max(0, Math.min(to, at + 1) - Math.max(from, at));
    const sum = weights.reduce((all, weight) => all + weight, 0);
    return { first, weights: sum > 0 ? weights.map((w) => w / sum) : weights.fill(1, 0, 1) };
  });
}

function squeezeRows(
  input: Float32Array,
  { width, height }: Planes,
  columns: Share[],
  out: Float32Array,
): void {
  columns.forEach(({ first, weights }, x) => {
    for (let y = 0; y < height; y += 1) {
      let sum = 0;
      const start = y * width + first;
      for (let k = 0; k < weights.length; k += 1)
        sum += (weights[k] as number) * (input[start + k] as number);
      out[y * columns.length + x] = sum;
    }
  });
}

function squeezeColumns(input: Float32Array, width: number, rows: Share[], out: Float32Array) {
  rows.forEach(({ first, weights }, y) => {
    weights.forEach((weight, k) => {
      const start = (first + k) * width;
      const to = y * width;
      for (let x = 0; x < width; x += 1)
        out[to + x] = (out[to + x] as number) + weight * (input[start + x] as number);
    });
  });
}

/** The size of a part whose longest side is at most `most`, and no finer than the coarsest image. */
export function commonSize(
  most: number,
  ...parts: readonly Box[]
): { width: number; height: number } {
  const [first] = parts;
  if (!first) throw new RangeError("Nothing to compare");
  const longest = Math.min(most, ...parts.map((part) => Math.max(part.width, part.height)));
  const factor = longest / Math.max(first.width, first.height);
  return {
    width: Math.max(1, Math.round(first.width * factor)),
    height: Math.max(1, Math.round(first.height * factor)),
  };
}

import type { Planes } from "../flip/planes.ts";
import { averaged } from "./area.ts";

/** How a whole image lies over another: moved by parts of the longest side, scaled about its middle. */
export interface Placement {
  readonly dx: number;
  readonly dy: number;
  readonly scale: number;
}

export const inPlace: Placement = { dx: 0, dy: 0, scale: 1 };

/** The largest shift or change of scale that is taken for an accident of the editing system. */
export const mostMoved = 0.02;
/** A displacement below this share of the longest side would not be seen. */
const leastMoved = 0.0003;
/** A placement counts only if it lowers the misfit to this share. */
const betterBy = 0.85;

const levels = [64, 128, 256] as const;
const rounds = 10;

interface Grey {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** The placement of a test image over a reference of the same size; in place where none is clear. */
export function findPlacement(reference: Planes, test: Planes): Placement {
  let found = inPlace;
  let gain = 1;
  for (const longest of levels) {
    const [before, after] = [grey(reference, longest), grey(test, longest)];
    found = refine(before, after, found);
    gain = misfit(before, after, found) / misfit(before, after, inPlace);
  }
  const reach = Math.max(Math.abs(found.dx), Math.abs(found.dy), Math.abs(found.scale - 1));
  const seen = Math.hypot(found.dx, found.dy) + Math.abs(found.scale - 1) / 2;
  return reach <= mostMoved && seen >= leastMoved && gain < betterBy ? found : inPlace;
}

/** A small brightness image, spaced roughly as the eye sees it. */
function grey(image: Planes, longest: number): Grey {
  const factor = Math.min(1, longest / Math.max(image.width, image.height));
  const width = Math.max(1, Math.round(image.width * factor));
  const height = Math.max(1, Math.round(image.height * factor));
  const whole = { left: 0, top: 0, width: image.width, height: image.height };
  const [red, green, blue] = averaged(image, whole, width, height).channels;
  const values = red.map((value, at) =>
    Math.sqrt(0.2126 * value + 0.7152 * (green[at] as number) + 0.0722 * (blue[at] as number)),
  );
  return { width, height, values };
}

/** Gauss-Newton steps with Tukey weights, so that an edited part does not pull. */
function refine(before: Grey, after: Grey, start: Placement): Placement {
  let placement = start;
  for (let round = 0; round < rounds; round += 1) {
    const step = solve(normalEquations(before, after, placement));
    if (!step) return placement;
    const longest = Math.max(before.width, before.height);
    placement = {
      dx: placement.dx + step[0] / longest,
      dy: placement.dy + step[1] / longest,
      scale: placement.scale + step[2] / longest,
    };
    if (Math.max(...step.map(Math.abs)) < 1e-3) return placement;
  }
  return placement;
}

type Row = (error: number, gx: number, gy: number, along: number) => void;

/** Visits every inner pixel with its error and the slopes of the test image under it. */
function visit(before: Grey, after: Grey, { dx, dy, scale }: Placement, row: Row): void {
  const { width, height, values } = before;
  const longest = Math.max(width, height);
  const margin = Math.ceil(longest * mostMoved * 1.5) + 1;
  for (let y = margin; y < height - margin; y += 1) {
    const v = height / 2 + scale * (y + 0.5 - height / 2) + dy * longest - 0.5;
    for (let x = margin; x < width - margin; x += 1) {
      const u = width / 2 + scale * (x + 0.5 - width / 2) + dx * longest - 0.5;
      const gx = (sample(after, u + 0.5, v) - sample(after, u - 0.5, v)) as number;
      const gy = sample(after, u, v + 0.5) - sample(after, u, v - 0.5);
      const error = (values[y * width + x] as number) - sample(after, u, v);
      const along = (gx * (x + 0.5 - width / 2) + gy * (y + 0.5 - height / 2)) / longest;
      row(error, gx, gy, along);
    }
  }
}

function sample({ width, height, values }: Grey, u: number, v: number): number {
  const x = Math.min(Math.max(u, 0), width - 1.001);
  const y = Math.min(Math.max(v, 0), height - 1.001);
  const at = Math.floor(y) * width + Math.floor(x);
  const fx = x - Math.floor(x);
  const fy = y - Math.floor(y);
  const top = (values[at] as number) * (1 - fx) + (values[at + 1] as number) * fx;
  const low = (values[at + width] as number) * (1 - fx) + (values[at + width + 1] as number) * fx;
  return top * (1 - fy) + low * fy;
}

/** The mean error where each is cut off at a spread that an edit exceeds. */
function misfit(before: Grey, after: Grey, placement: Placement): number {
  let sum = 0;
  let count = 0;
  visit(before, after, placement, (error) => {
    sum += Math.min(Math.abs(error), 0.1);
    count += 1;
  });
  return count === 0 ? 0 : sum / count + 1e-6;
}

type Equations = { readonly matrix: Float64Array; readonly right: Float64Array };

function normalEquations(before: Grey, after: Grey, placement: Placement): Equations {
  const errors: number[] = [];
  visit(before, after, placement, (error) => errors.push(Math.abs(error)));
  const spread = errors.sort((a, b) => a - b)[Math.floor(errors.length / 2)] ?? 0;
  const cut = 4.685 * 1.4826 * Math.max(spread, 0.004);
  const matrix = new Float64Array(9);
  const right = new Float64Array(3);
  visit(before, after, placement, (error, ...slopes) => {
    if (Math.abs(error) >= cut) return;
    const weight = (1 - (error / cut) ** 2) ** 2;
    for (let i = 0; i < 3; i += 1) {
      const slope = weight * (slopes[i] as number);
      right[i] = (right[i] as number) + slope * error;
      for (let j = 0; j < 3; j += 1)
        matrix[3 * i + j] = (matrix[3 * i + j] as number) + slope * (slopes[j] as number);
    }
  });
  return { matrix, right };
}

/** The solution of three equations by Cramer's rule; none where the image has too little detail. */
function solve({ matrix, right }: Equations): [number, number, number] | null {
  const [a, b, c, d, e, f, g, h, i] = [...matrix] as Nine;
  const [p, q, r] = [...right] as [number, number, number];
  const det = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  if (Math.abs(det) <= 1e-9 * Math.abs(a * e * i) || det === 0) return null;
  return [
    (p * (e * i - f * h) - b * (q * i - f * r) + c * (q * h - e * r)) / det,
    (a * (q * i - f * r) - p * (d * i - f * g) + c * (d * r - q * g)) / det,
    (a * (e * r - q * h) - b * (d * r - q * g) + p * (d * h - e * g)) / det,
  ];
}

type Nine = [number, number, number, number, number, number, number, number, number];

import { huntLab, toHuntLab, toOpponent } from "./colour.ts";
import { findFeatures, makeDetectors } from "./features.ts";
import { blur, type HalfKernel, halfKernel, scaled, total, trimmed } from "./filters.ts";
import type { Planes } from "./planes.ts";

/** A 0.7 m wide screen of 3840 pixels seen from 0.7 m, the method's own default. */
export const usualDensity = 67.02;

const colourPower = 0.7;
const featurePower = 0.5;
/** Colour differences above this share of the largest one are squeezed into what is left above `knee`. */
const kneeShare = 0.4;
const knee = 0.95;

/** How the eye blurs each channel of YCxCz: sums of Gaussians, as height and width pairs. */
const sensitivity: readonly (readonly (readonly [height: number, width: number])[])[] = [
  [[1, 0.0047]],
  [[1, 0.0053]],
  [
    [34.1, 0.04],
    [13.5, 0.025],
  ],
];

/**
 * The LDR-FLIP error of a test image against a reference of the same size, 0..1 for every pixel.
 *
 * Andersson, Nilsson, Akenine-Möller, Oskarsson, Åström, Fairchild: FLIP: A Difference Evaluator for
 * Alternating Images, Proc. ACM Comput. Graph. Interact. Tech. 3(2), 2020; filters are separable.
 */
export function flip(reference: Planes, test: Planes, pixelsPerDegree = usualDensity) {
  if (reference.width !== test.width || reference.height !== test.height)
    throw new RangeError("Both images must have the same size");
  const [before, after] = [toOpponent(reference), toOpponent(test)];
  const map = colourDifference(
    toHuntLab(seen(before, pixelsPerDegree)),
    toHuntLab(seen(after, pixelsPerDegree)),
  );
  sharpen(map, before, after, pixelsPerDegree);
  return map;
}

/** The mean of a map, summed in double precision. */
export function mean(map: Float32Array): number {
  return map.reduce((sum, value) => sum + value, 0) / map.length;
}

/** YCxCz as the eye resolves it at a distance. */
function seen(image: Planes, pixelsPerDegree: number): Planes {
  const [luma, cx, cz] = image.channels.map((channel, index) => {
    const parts = kernels(index, pixelsPerDegree).map((kernel) =>
      blur(channel, image.width, image.height, kernel),
    );
    const [first, second] = parts as [Float32Array, Float32Array | undefined];
    return second ? first.map((value, at) => value + (second[at] as number)) : first;
  });
  return { ...image, channels: [luma, cx, cz] as Planes["channels"] };
}

/** The one-dimensional kernels of a channel; the sum of their squares' outer products sums to one. */
function kernels(channel: number, pixelsPerDegree: number): HalfKernel[] {
  const widest = 0.04;
  const radius = Math.ceil(3 * Math.sqrt(widest / (2 * Math.PI ** 2)) * pixelsPerDegree);
  const gaussians = (sensitivity[channel] ?? []).map(([height, width]) => {
    const weight = (x: number) =>
      Math.exp((-(Math.PI ** 2) * (x / pixelsPerDegree) ** 2) / width) *
      Math.sqrt(height * Math.sqrt(Math.PI / width));
    return halfKernel(radius, weight);
  });
  const sum = gaussians.reduce((all, kernel) => all + total(kernel) ** 2, 0);
  return gaussians.map((kernel) => trimmed(scaled(kernel, 1 / Math.sqrt(sum))));
}

/** HyAB distances of Hunt-adjusted colours, bent so that large ones do not drown small ones. */
function colourDifference(before: Planes, after: Planes): Float32Array {
  const green = huntLab(0, 1, 0);
  const blue = huntLab(0, 0, 1);
  const largest =
    (Math.abs(green.lightness - blue.lightness) + Math.hypot(green.a - blue.a, green.b - blue.b)) **
    colourPower;
  const bend = kneeShare * largest;
  const [l1, a1, b1] = before.channels;
  const [l2, a2, b2] = after.channels;
  const map = new Float32Array(l1.length);
  for (let at = 0; at < map.length; at += 1) {
    const a = (a1[at] as number) - (a2[at] as number);
    const b = (b1[at] as number) - (b2[at] as number);
    const light = Math.abs((l1[at] as number) - (l2[at] as number));
    const difference = (light + Math.sqrt(a * a + b * b)) ** colourPower;
    map[at] =
      difference < bend
        ? (difference * knee) / bend
        : knee + ((difference - bend) / (largest - bend)) * (1 - knee);
  }
  return map;
}

/** Raises errors where edges or points differ: the map to the power of one minus that difference. */
function sharpen(map: Float32Array, before: Planes, after: Planes, pixelsPerDegree: number): void {
  const detectors = makeDetectors(pixelsPerDegree);
  const [first, second] = [before, after].map((image) => {
    const luma = image.channels[0].map((value) => (value + 16) / 116);
    return findFeatures(luma, image.width, image.height, detectors);
  }) as [ReturnType<typeof findFeatures>, ReturnType<typeof findFeatures>];
  for (let at = 0; at < map.length; at += 1) {
    const edges = Math.abs((first.edges[at] as number) - (second.edges[at] as number));
    const points = Math.abs((first.points[at] as number) - (second.points[at] as number));
    const feature = (Math.max(edges, points) / Math.SQRT2) ** featurePower;
    map[at] = (map[at] as number) ** (1 - feature);
  }
}

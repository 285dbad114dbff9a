/** Colours from no change to the most: black over blue to white, evenly lighter; no red, no green. */
const stops = [
  [0, 0, 0],
  [13, 22, 92],
  [40, 70, 190],
  [112, 150, 255],
  [255, 255, 255],
] as const;

/** The colour of an error in 0..1, three bytes. */
export function rampColour(error: number): readonly [number, number, number] {
  const at = Math.min(Math.max(error, 0), 1) * (stops.length - 1);
  const index = Math.min(Math.floor(at), stops.length - 2);
  const part = at - index;
  const mix = (channel: 0 | 1 | 2) =>
    Math.round(
      (stops[index]?.[channel] as number) * (1 - part) +
        (stops[index + 1]?.[channel] as number) * part,
    );
  return [mix(0), mix(1), mix(2)];
}

const table = Uint8ClampedArray.from(
  Array.from({ length: 256 }, (_, step) => [...rampColour(step / 255), 255]).flat(),
);

/** A map as opaque pixels. */
export function paintMap(map: Float32Array): Uint8ClampedArray<ArrayBuffer> {
  const out = new Uint8ClampedArray(map.length * 4);
  map.forEach((error, at) => {
    const step = Math.min(255, Math.max(0, Math.round(error * 255)));
    out.set(table.subarray(step * 4, step * 4 + 4), at * 4);
  });
  return out;
}

/** The three channels of an image apart, each row after row. */
export interface Planes {
  readonly width: number;
  readonly height: number;
  readonly channels: readonly [Float32Array, Float32Array, Float32Array];
}

/** Black planes of a size. */
export function makePlanes(width: number, height: number): Planes {
  const make = () => new Float32Array(width * height);
  return { width, height, channels: [make(), make(), make()] };
}

/** Linear light for each of the 256 steps of sRGB. */
const linear = Float32Array.from({ length: 256 }, (_, step) => {
  const value = step / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});

/** The light of an sRGB picture as a canvas holds it, four bytes a pixel; alpha is left out. */
export function linearPlanes(bytes: Uint8ClampedArray, width: number, height: number): Planes {
  const planes = makePlanes(width, height);
  const [red, green, blue] = planes.channels;
  for (let at = 0, from = 0; at < red.length; at += 1, from += 4) {
    red[at] = linear[bytes[from] as number] as number;
    green[at] = linear[bytes[from + 1] as number] as number;
    blue[at] = linear[bytes[from + 2] as number] as number;
  }
  return planes;
}

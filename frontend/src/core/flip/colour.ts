import { makePlanes, type Planes } from "./planes.ts";

/** The white point of the reference illuminant D65, as the sum of the matrix rows below. */
const white = [0.950428545, 1, 1.088900371] as const;

const delta = 6 / 29;
const cut = delta ** 3;
const slope = 1 / (3 * delta ** 2);

/** Linear RGB as YCxCz, an opponent space whose channels the eye blurs by different amounts. */
export function toOpponent(image: Planes): Planes {
  const out = makePlanes(image.width, image.height);
  const [red, green, blue] = image.channels;
  const [first, second, third] = out.channels;
  for (let at = 0; at < red.length; at += 1) {
    const r = red[at] as number;
    const g = green[at] as number;
    const b = blue[at] as number;
    const x = (0.4123866 * r + 0.3575915 * g + 0.1804505 * b) / white[0];
    const y = 0.2126368 * r + 0.715183 * g + 0.0721802 * b;
    const z = (0.0193306 * r + 0.1191972 * g + 0.9503726 * b) / white[2];
    first[at] = 116 * y - 16;
    second[at] = 500 * (x - y);
    third[at] = 200 * (y - z);
  }
  return out;
}

/** YCxCz as CIELab with its colours weakened in the dark (Hunt effect); clamped to what sRGB shows. */
export function toHuntLab(image: Planes): Planes {
  const out = makePlanes(image.width, image.height);
  const [first, second, third] = image.channels;
  const [lightness, a, b] = out.channels;
  const rgb = new Float64Array(3);
  for (let at = 0; at < first.length; at += 1) {
    clampedLight(first[at] as number, second[at] as number, third[at] as number, rgb);
    const lab = huntLab(rgb[0] as number, rgb[1] as number, rgb[2] as number);
    lightness[at] = lab.lightness;
    a[at] = lab.a;
    b[at] = lab.b;
  }
  return out;
}

function clampedLight(luma: number, cx: number, cz: number, rgb: Float64Array): void {
  const relative = (luma + 16) / 116;
  const x = (relative + cx / 500) * white[0];
  const z = (relative - cz / 200) * white[2];
  rgb[0] = clamp(3.241003275 * x - 1.537398934 * relative - 0.498615861 * z);
  rgb[1] = clamp(-0.969224334 * x + 1.875930071 * relative + 0.041554224 * z);
  rgb[2] = clamp(0.055639423 * x - 0.204011202 * relative + 1.057148933 * z);
}

/** Hunt-adjusted CIELab of linear RGB. */
export function huntLab(r: number, g: number, b: number) {
  const x = bend((0.4123866 * r + 0.3575915 * g + 0.1804505 * b) / white[0]);
  const y = bend(0.2126368 * r + 0.715183 * g + 0.0721802 * b);
  const z = bend((0.0193306 * r + 0.1191972 * g + 0.9503726 * b) / white[2]);
  const lightness = 116 * y - 16;
  const hunt = 0.01 * lightness;
  return { lightness, a: hunt * 500 * (x - y), b: hunt * 200 * (y - z) };
}

function bend(value: number): number {
  return value > cut ? Math.cbrt(value) : slope * value + 4 / 29;
}

function clamp(value: number): number {
  return Math.min(Math.max(value, 0), 1);
}

import { fillLine, type HalfKernel, halfKernel, scaled, total } from "./filters.ts";

/** Width of the feature detectors, in degrees of visual angle. */
const detector = 0.082;

/** A Gaussian with its first and second derivative, as the detectors of edges and points use them. */
interface Detectors {
  readonly reach: number;
  readonly smooth: HalfKernel;
  readonly edge: HalfKernel;
  readonly point: HalfKernel;
}

/** The strengths of edges and points at every pixel. */
export interface Features {
  readonly edges: Float32Array;
  readonly points: Float32Array;
}

/** The detectors for a number of pixels per degree; each sign of a derivative sums to one. */
export function makeDetectors(pixelsPerDegree: number): Detectors {
  const deviation = 0.5 * detector * pixelsPerDegree;
  const reach = Math.ceil(3 * deviation);
  const gauss = (x: number) => Math.exp(-(x * x) / (2 * deviation * deviation));
  const smooth = halfKernel(reach, gauss);
  const edge = halfKernel(reach, (x) => x * gauss(x));
  const point = halfKernel(reach, (x) => ((x * x) / (deviation * deviation) - 1) * gauss(x));
  const positive = total(point.map((weight) => Math.max(0, weight)));
  const negative = total(point.map((weight) => Math.max(0, -weight)));
  return {
    reach,
    smooth: scaled(smooth, 1 / total(smooth)),
    edge: scaled(edge, 2 / total(edge)),
    point: point.map((weight) => weight / (weight > 0 ? positive : negative)),
  };
}

/** Edges and points of a luminance in 0..1. */
export function findFeatures(
  luma: Float32Array,
  width: number,
  height: number,
  detectors: Detectors,
): Features {
  const rows = filterRows(luma, width, height, detectors);
  return measureColumns(rows, width, height, detectors);
}

type Rows = readonly [smooth: Float32Array, edge: Float32Array, point: Float32Array];

/** Every row smoothed and derived once and twice, transposed so that columns come next. */
function filterRows(luma: Float32Array, width: number, height: number, by: Detectors): Rows {
  const { reach, smooth, edge, point } = by;
  const out = [0, 1, 2].map(() => new Float32Array(width * height));
  const [smoothed, edges, points] = out as unknown as Rows;
  const line = new Float32Array(width + 2 * reach);
  for (let y = 0; y < height; y += 1) {
    fillLine(line, luma, y * width, reach);
    for (let x = 0; x < width; x += 1) {
      const at = x + reach;
      const middle = line[at] as number;
      let s = (smooth[0] as number) * middle;
      let e = 0;
      let p = (point[0] as number) * middle;
      for (let k = 1; k <= reach; k += 1) {
        const before = line[at - k] as number;
        const after = line[at + k] as number;
        s += (smooth[k] as number) * (before + after);
        e += (edge[k] as number) * (after - before);
        p += (point[k] as number) * (before + after);
      }
      const to = x * height + y;
      smoothed[to] = s;
      edges[to] = e;
      points[to] = p;
    }
  }
  return [smoothed, edges, points];
}

/** The lengths of the gradient and of the second derivatives, from filtered rows. */
function measureColumns(rows: Rows, width: number, height: number, by: Detectors): Features {
  const { reach, smooth, edge, point } = by;
  const found = {
    edges: new Float32Array(width * height),
    points: new Float32Array(width * height),
  };
  const lines = rows.map(() => new Float32Array(height + 2 * reach));
  const [smoothed, edges, points] = lines as unknown as Rows;
  for (let x = 0; x < width; x += 1) {
    fillLine(smoothed, rows[0], x * height, reach);
    fillLine(edges, rows[1], x * height, reach);
    fillLine(points, rows[2], x * height, reach);
    for (let y = 0; y < height; y += 1) {
      const at = y + reach;
      let ex = (smooth[0] as number) * (edges[at] as number);
      let ey = 0;
      let px = (smooth[0] as number) * (points[at] as number);
      let py = (point[0] as number) * (smoothed[at] as number);
      for (let k = 1; k <= reach; k += 1) {
        const before = smoothed[at - k] as number;
        const after = smoothed[at + k] as number;
        ex += (smooth[k] as number) * ((edges[at - k] as number) + (edges[at + k] as number));
        px += (smooth[k] as number) * ((points[at - k] as number) + (points[at + k] as number));
        ey += (edge[k] as number) * (after - before);
        py += (point[k] as number) * (before + after);
      }
      found.edges[y * width + x] = Math.sqrt(ex * ex + ey * ey);
      found.points[y * width + x] = Math.sqrt(px * px + py * py);
    }
  }
  return found;
}

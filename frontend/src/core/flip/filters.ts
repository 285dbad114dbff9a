/** One half of a symmetric or antisymmetric kernel: the centre, then one weight per pixel outwards. */
export type HalfKernel = Float64Array;

/** A kernel's weights from its centre outwards, unnormalised. */
export function halfKernel(radius: number, weight: (offset: number) => number): HalfKernel {
  return Float64Array.from({ length: radius + 1 }, (_, offset) => weight(offset));
}

/** The sum of a whole symmetric kernel. */
export function total(kernel: HalfKernel): number {
  return kernel.reduce((sum, weight, offset) => sum + (offset === 0 ? weight : 2 * weight), 0);
}

/** A kernel times a number. */
export function scaled(kernel: HalfKernel, factor: number): HalfKernel {
  return kernel.map((weight) => weight * factor);
}

/** A kernel without outer weights that no sum of bytes would show. */
export function trimmed(kernel: HalfKernel): HalfKernel {
  const least = Math.max(...kernel.map(Math.abs)) * 1e-9;
  const last = kernel.findLastIndex((weight) => Math.abs(weight) > least);
  return kernel.slice(0, last + 1);
}

/** A row with its end pixels repeated outwards. */
export function fillLine(line: Float32Array, input: Float32Array, start: number, reach: number) {
  const width = line.length - 2 * reach;
  line.set(input.subarray(start, start + width), reach);
  line.fill(input[start] as number, 0, reach);
  line.fill(input[start + width - 1] as number, reach + width);
}

/** An image blurred along both axes by one symmetric kernel. */
export function blur(
  input: Float32Array,
  width: number,
  height: number,
  kernel: HalfKernel,
): Float32Array {
  return blurRows(blurRows(input, width, height, kernel), height, width, kernel);
}

/** Rows blurred by a symmetric kernel; the result is transposed, so that columns come next. */
function blurRows(
  input: Float32Array,
  width: number,
  height: number,
  kernel: HalfKernel,
): Float32Array {
  const reach = kernel.length - 1;
  const line = new Float32Array(width + 2 * reach);
  const out = new Float32Array(width * height);
  const centre = kernel[0] as number;
  for (let y = 0; y < height; y += 1) {
    fillLine(line, input, y * width, reach);
    for (let x = 0; x < width; x += 1) {
      const at = x + reach;
      let sum = centre * (line[at] as number);
      for (let k = 1; k <= reach; k += 1)
        sum += (kernel[k] as number) * ((line[at - k] as number) + (line[at + k] as number));
      out[x * height + y] = sum;
    }
  }
  return out;
}

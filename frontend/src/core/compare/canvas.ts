type Canvas2d = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

const side = 16;

/** Whether a canvas gives back what was drawn: protections against fingerprinting change it. */
export function readsTrue(context: Canvas2d): boolean {
  for (let at = 0; at < side * side; at += 1) {
    const [red, green, blue] = colourAt(at);
    context.fillStyle = `rgb(${red}, ${green}, ${blue})`;
    context.fillRect(at % side, Math.floor(at / side), 1, 1);
  }
  const { data } = context.getImageData(0, 0, side, side);
  for (let at = 0; at < side * side; at += 1) {
    const isSame = colourAt(at).every((value, channel) => data[4 * at + channel] === value);
    if (!isSame) return false;
  }
  return true;
}

function colourAt(at: number): readonly [number, number, number] {
  return [at, (at * 7 + 13) % 256, (at * 31 + 101) % 256];
}

import type { Planes } from "../flip/planes.ts";
import { linearPlanes } from "../flip/planes.ts";
import { inPlace } from "./align.ts";
import { readsTrue } from "./canvas.ts";
import { changeMap, type Part } from "./changeMap.ts";
import type { MapAnswer, MapPart, MapRequest } from "./maps.ts";
import { paintMap } from "./ramp.ts";

globalThis.addEventListener("message", ({ data }: MessageEvent<MapRequest>) => {
  const answer = paint(data);
  const transfer = answer.kind === "map" ? [answer.picture] : [];
  globalThis.postMessage(answer, { transfer });
});

/** The painted change map of a pair, unless this browser's canvas does not tell the truth. */
function paint({ reference, test }: MapRequest): MapAnswer {
  if (!readsTrue(context(16, 16))) return { kind: "altered" };
  const found = changeMap(partOf(reference), partOf(test));
  const { width, height, regions, placement } = found;
  const canvas = context(width, height);
  canvas.putImageData(new ImageData(paintMap(found.map), width, height), 0, 0);
  const picture = canvas.canvas.transferToImageBitmap();
  return { kind: "map", picture, regions, isMoved: placement !== inPlace };
}

function partOf({ picture, box }: MapPart): Part {
  return { image: read(picture), box };
}

function read(picture: ImageBitmap): Planes {
  const { width, height } = picture;
  const canvas = context(width, height);
  canvas.drawImage(picture, 0, 0);
  picture.close();
  return linearPlanes(canvas.getImageData(0, 0, width, height).data, width, height);
}

function context(width: number, height: number): OffscreenCanvasRenderingContext2D {
  const canvas = new OffscreenCanvas(width, height);
  const made = canvas.getContext("2d", { willReadFrequently: true });
  if (!made) throw new Error("This browser draws nothing outside the page");
  return made;
}

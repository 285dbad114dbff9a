import { displayLevel } from "./layout";
import type { ImageRef } from "./model";
import type { Size } from "./viewport";

/** How many bytes decoded pictures may take: those of the open task, and those of the next ones. */
export interface DecodedBudget {
  readonly open: number;
  readonly ahead: number;
}

/** What is known of the device that the pictures are decoded on. */
export interface Device {
  /** Gigabytes of memory, where the browser tells. */
  readonly memory: number | undefined;
  /** Whether it is used by finger. */
  readonly isCoarse: boolean;
  /** The shorter side of its screen in CSS pixels. */
  readonly side: number;
}

const megabyte = 2 ** 20;
const smallMemory = 4;
const smallSide = 600;
const caps = [2048, 1024, 512];

/** 256 MB and 128 MB; half of it on a small device. */
export function budgetOf({ memory, isCoarse, side }: Device): DecodedBudget {
  const isSmall = (memory !== undefined && memory <= smallMemory) || (isCoarse && side < smallSide);
  const part = isSmall ? 0.5 : 1;
  return { open: 256 * megabyte * part, ahead: 128 * megabyte * part };
}

/** The longest side of the smallest display level that fills `pixels` device pixels. */
export function levelSide(image: Size, pixels: number): number {
  const longest = Math.max(image.width, image.height);
  return Math.min(displayLevel(pixels, longest) ?? longest, longest);
}

/** The address of the smallest display level that fills `pixels` device pixels. */
export function levelUrl(image: ImageRef, pixels: number): string {
  const level = displayLevel(pixels, Math.max(image.width, image.height));
  return level === undefined ? image.url : `${image.url}?level=${level}`;
}

/** Bytes that a picture takes once decoded, at the level that fills `pixels`. */
export function bytesAt(image: Size, pixels: number): number {
  const scale = levelSide(image, pixels) / Math.max(image.width, image.height);
  return Math.ceil(image.width * scale) * Math.ceil(image.height * scale) * 4;
}

/** Bytes that pictures take together. */
export function totalAt(images: readonly Size[], pixels: number): number {
  return images.reduce((sum, image) => sum + bytesAt(image, pixels), 0);
}

/** The most device pixels, at most `pixels`, at which all pictures together stay within `bytes`. */
export function pixelsWithin(images: readonly Size[], pixels: number, bytes: number): number {
  const tries = [pixels, ...caps.filter((cap) => cap < pixels)];
  return tries.find((cap) => totalAt(images, cap) <= bytes) ?? Math.min(pixels, 512);
}

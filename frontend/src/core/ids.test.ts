import { expect, test } from "vitest";
import { randomId } from "./ids";

const version4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test("it works: a random UUID", () => {
  expect(randomId()).toMatch(version4);
});

test("a page without a secure context makes the same kind from random bytes", () => {
  const plain = { getRandomValues: (bytes: Uint8Array) => bytes.fill(255) } as unknown as Crypto;
  expect(randomId(plain)).toBe("ffffffff-ffff-4fff-bfff-ffffffffffff");
});

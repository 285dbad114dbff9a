// Writes the error map of two raw RGBA files, and as JSON what the rating page makes of it.
import { readFileSync, writeFileSync } from "node:fs";
import { changeMap } from "../../frontend/src/core/compare/changeMap.ts";
import { threshold } from "../../frontend/src/core/compare/regions.ts";
import { flip, mean } from "../../frontend/src/core/flip/flip.ts";
import { linearPlanes } from "../../frontend/src/core/flip/planes.ts";

const [width, height] = process.argv.slice(2, 4).map(Number);
const [before, after, out] = process.argv.slice(4);
const read = (path) => linearPlanes(new Uint8ClampedArray(readFileSync(path)), width, height);
const [reference, test] = [read(before), read(after)];
const started = performance.now();
const map = flip(reference, test);
const spent = performance.now() - started;
const box = { left: 0, top: 0, width, height };
const found = changeMap({ image: reference, box }, { image: test, box });
writeFileSync(out, map);
const { placement, regions } = found;
const cut = threshold(found.map);
process.stdout.write(JSON.stringify({ mean: mean(map), spent, cut, placement, regions }));

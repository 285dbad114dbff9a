// Rebuilds the bundle in a folder of its own and compares it with the committed one, byte for byte.
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));
const committed = join(root, "static/frontend");

async function contents(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name));
  const pairs = paths.map(async (path) => [relative(folder, path), await readFile(path)]);
  return new Map(await Promise.all(pairs));
}

const fresh = await mkdtemp(join(tmpdir(), "bundle-"));
try {
  await build({ root, logLevel: "warn", build: { outDir: fresh, emptyOutDir: true } });
  const [wanted, present] = await Promise.all([contents(fresh), contents(committed)]);
  const names = new Set([...wanted.keys(), ...present.keys()]);
  const wrong = [...names].filter((name) => {
    const [a, b] = [wanted.get(name), present.get(name)];
    return !(a && b?.equals(a));
  });
  if (wrong.length > 0) {
    process.stderr.write(
      `The committed bundle differs from its source in ${wrong.sort().join(", ")}.\n` +
        "Run `npm run build` in frontend/ and commit frontend/static/frontend/.\n",
    );
    process.exitCode = 1;
  }
} finally {
  await rm(fresh, { recursive: true });
}

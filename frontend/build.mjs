// Builds the page into the Python package. `node build.mjs` after `npm ci`.
import { build } from "esbuild";
import { copyFileSync, readFileSync, rmSync, readdirSync, writeFileSync } from "node:fs";

const out = "../src/dateline/review/static";
for (const name of readdirSync(out)) if (/\.(js|css)$/.test(name)) rmSync(`${out}/${name}`);
const result = await build({
  entryPoints: { app: "src/main.tsx" },
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  minify: true,
  metafile: true,
  legalComments: "none",
  jsx: "automatic",
  jsxImportSource: "preact",
  outdir: out,
  chunkNames: "[name]-[hash]",
  loader: { ".svg": "file" },
});
copyFileSync("node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs", `${out}/map-worker.js`);
const licences = [["MapLibre GL JS", "maplibre-gl/LICENSE.txt"], ["Preact", "preact/LICENSE"]];
writeFileSync(`${out}/licences.txt`, licences.map(([name, file]) => `${name}\n\n${readFileSync(`node_modules/${file}`, "utf8")}`).join("\n\n"));
for (const [name, file] of Object.entries(result.metafile.outputs)) console.log(name.split("/").pop(), `${(file.bytes / 1024).toFixed(0)} kB`);

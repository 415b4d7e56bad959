// The bundled world: countries and first-level areas of Natural Earth, decoded from TopoJSON. Nothing is fetched from elsewhere.
import { get } from "./store";

type Ring = [number, number][];
export interface Area { type: "Feature"; properties: { n?: string; a?: string; c?: string; g?: number }; geometry: { type: "MultiPolygon"; coordinates: Ring[][] }; box: [number, number, number, number] }
interface Topology {
  transform: { scale: [number, number]; translate: [number, number] }; arcs: [number, number][][];
  objects: Record<string, { geometries: { type: string; arcs: any; properties: Area["properties"] }[] }>;
}
export interface World { countries: Area[]; admin1: Area[] }

let known: Promise<World> | null = null;
export function loadWorld(): Promise<World> {
  return (known ??= get<Topology>("/static/world.json").then(decode));
}

function decode(topology: Topology): World {
  const { scale, translate } = topology.transform;
  const arcs = topology.arcs.map((arc) => {
    let x = 0, y = 0;
    return arc.map(([dx, dy]): [number, number] => [(x += dx) * scale[0] + translate[0], (y += dy) * scale[1] + translate[1]]);
  });
  const ring = (indexes: number[]): Ring => indexes.flatMap((index, at) => {
    const arc = index < 0 ? [...arcs[~index]!].reverse() : arcs[index]!;
    return at ? arc.slice(1) : arc;
  });
  const areas = (name: string): Area[] => topology.objects[name]!.geometries.filter((one) => one.arcs).map((one) => {
    const polygons: number[][][] = one.type === "Polygon" ? [one.arcs] : one.arcs;
    const coordinates = polygons.map((polygon) => polygon.map(ring));
    const box: Area["box"] = [180, 90, -180, -90];
    for (const polygon of coordinates) for (const [x, y] of polygon[0]!) {
      box[0] = Math.min(box[0], x); box[1] = Math.min(box[1], y); box[2] = Math.max(box[2], x); box[3] = Math.max(box[3], y);
    }
    return { type: "Feature", properties: one.properties, geometry: { type: "MultiPolygon", coordinates }, box };
  });
  return { countries: areas("countries"), admin1: areas("admin1") };
}

function inside(area: Area, x: number, y: number): boolean {
  const [west, south, east, north] = area.box;
  if (x < west || x > east || y < south || y > north) return false;
  let odd = false;
  for (const polygon of area.geometry.coordinates) for (const ring of polygon)
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi, yi] = ring[i]!, [xj, yj] = ring[j]!;
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) odd = !odd;
    }
  return odd;
}
/** The first-level area or country that a point of this precision stands for; null when it is none. */
export function areaAt(world: World, precision: string, lat: number, lon: number): Area | null {
  if (precision === "province") return world.admin1.find((area) => inside(area, lon, lat)) ?? null;
  if (precision === "country") return world.countries.find((area) => inside(area, lon, lat)) ?? null;
  return null;
}
/** A circle of so many km around a point, as a polygon. */
export function circle(lat: number, lon: number, km: number, corners = 40): Ring {
  const out: Ring = [], dLat = km / 110.574, dLon = km / (111.32 * Math.max(0.05, Math.cos((lat * Math.PI) / 180)));
  for (let at = 0; at <= corners; at++) {
    const angle = (at / corners) * 2 * Math.PI;
    out.push([lon + dLon * Math.cos(angle), Math.max(-89, Math.min(89, lat + dLat * Math.sin(angle)))]);
  }
  return out;
}

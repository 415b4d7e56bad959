// The map: MapLibre on bundled shapes. A town is a dot with its radius; a province or country is its hatched area, never a pin.
import { LngLatBounds, Map as MapView, NavigationControl, Popup, ScaleControl, setWorkerUrl, type GeoJSONSource, type StyleSpecification } from "maplibre-gl";
import { areaAt, circle, type World } from "./world";

setWorkerUrl("/static/map-worker.js");

/** Events of one place and precision. */
export interface Group { key: number; lat: number; lon: number; precision: string; radius: number; name: string; rows: number[] }
const POINTS = new Set(["site", "neighbourhood", "town"]);
const token = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

function colours() {
  const dark = token("paper").startsWith("#1");
  return dark
    ? { sea: "#101418", land: "#23282d", border: "#555d66", inner: "#363c43", label: "#c3c8cf", halo: "#16191c", dot: token("event"), area: token("number"), on: "#ffffff" }
    : { sea: "#dfe8ec", land: "#f8f6f0", border: "#a9a294", inner: "#dcd6c8", label: "#4a4f56", halo: "#ffffff", dot: token("event"), area: "#a4600a", on: "#1c1f23" };
}
const collection = (features: unknown[]) => ({ type: "FeatureCollection", features }) as any;

/** The middle of the largest part of an area. */
function centre(parts: number[][][][]): [number, number] {
  const largest = parts.map((polygon) => polygon[0]!).sort((a, b) => b.length - a.length)[0]!;
  const xs = largest.map((p) => p[0]!), ys = largest.map((p) => p[1]!);
  return [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2];
}

function style(world: World): StyleSpecification {
  const c = colours();
  const label = (area: World["countries"][number], name: string) => ({ type: "Feature", properties: { name, size: (area.box[2] - area.box[0]) * (area.box[3] - area.box[1]) }, geometry: { type: "Point", coordinates: centre(area.geometry.coordinates) } });
  return {
    version: 8,
    sources: {
      countries: { type: "geojson", data: collection(world.countries), tolerance: 0.2 },
      admin1: { type: "geojson", data: collection(world.admin1), tolerance: 0.2, attribution: "Natural Earth. Lines say nothing about the status of a territory." },
      names: { type: "geojson", data: collection([...world.countries.map((area) => label(area, area.properties.a ?? ""))]) },
      regions: { type: "geojson", data: collection(world.admin1.map((area) => label(area, area.properties.n ?? ""))) },
      areas: { type: "geojson", data: collection([]) },
      rings: { type: "geojson", data: collection([]) },
      labels: { type: "geojson", data: collection([]) },
      dots: { type: "geojson", data: collection([]), cluster: true, clusterRadius: 30, clusterMaxZoom: 8, clusterProperties: { n: ["+", ["get", "n"]] } },
      on: { type: "geojson", data: collection([]) },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": c.sea } },
      { id: "land", type: "fill", source: "countries", paint: { "fill-color": c.land } },
      { id: "inner", type: "line", source: "admin1", minzoom: 3.2, paint: { "line-color": c.inner, "line-width": ["interpolate", ["linear"], ["zoom"], 3, 0.4, 8, 1.2] } },
      { id: "areas-wash", type: "fill", source: "areas", paint: { "fill-color": c.area, "fill-opacity": ["interpolate", ["linear"], ["get", "share"], 0, 0.05, 1, 0.24] } },
      { id: "areas", type: "fill", source: "areas", paint: { "fill-pattern": "hatch", "fill-opacity": 0.75 } },
      { id: "areas-line", type: "line", source: "areas", paint: { "line-color": c.area, "line-width": 1.3, "line-dasharray": [3, 2] } },
      { id: "border", type: "line", source: "countries", paint: { "line-color": c.border, "line-width": ["interpolate", ["linear"], ["zoom"], 1, 0.4, 6, 1.3] } },
      { id: "rings", type: "fill", source: "rings", minzoom: 4, paint: { "fill-color": c.dot, "fill-opacity": 0.12 } },
      { id: "rings-line", type: "line", source: "rings", minzoom: 4, paint: { "line-color": c.dot, "line-opacity": 0.6, "line-width": 1 } },
      { id: "names", type: "symbol", source: "names", maxzoom: 7, layout: { "text-field": ["get", "name"], "text-size": ["interpolate", ["linear"], ["zoom"], 2, 10, 6, 15], "text-transform": "uppercase", "text-letter-spacing": 0.1, "text-max-width": 7, "symbol-sort-key": ["-", 0, ["get", "size"]] }, paint: { "text-color": c.label, "text-opacity": 0.75, "text-halo-color": c.halo, "text-halo-width": 1.2 } },
      { id: "regions", type: "symbol", source: "regions", minzoom: 5.2, layout: { "text-field": ["get", "name"], "text-size": 11, "text-max-width": 6, "symbol-sort-key": ["-", 0, ["get", "size"]] }, paint: { "text-color": c.label, "text-opacity": 0.8, "text-halo-color": c.halo, "text-halo-width": 1.1 } },
      { id: "area-counts", type: "symbol", source: "labels", layout: { "text-field": ["get", "label"], "text-size": 11.5, "text-max-width": 9, "symbol-sort-key": ["-", 0, ["get", "n"]] }, paint: { "text-color": c.area, "text-halo-color": c.halo, "text-halo-width": 1.6 } },
      { id: "on", type: "line", source: "on", paint: { "line-color": c.on, "line-width": 3 } },
      { id: "dots", type: "circle", source: "dots", paint: { "circle-color": c.dot, "circle-opacity": 0.85, "circle-stroke-color": c.halo, "circle-stroke-width": 1.2, "circle-radius": ["interpolate", ["linear"], ["sqrt", ["get", "n"]], 1, 4.5, 3, 8, 10, 12, 50, 20, 200, 28] } },
      { id: "counts", type: "symbol", source: "dots", filter: [">", ["get", "n"], 1], layout: { "text-field": ["to-string", ["get", "n"]], "text-size": 11, "text-allow-overlap": true, "text-padding": 9 }, paint: { "text-color": token("card") } },
    ],
  } as StyleSpecification;
}

/** Stripes for what is known by its area only. */
function hatch(colour: string) {
  const size = 12, canvas = document.createElement("canvas");
  canvas.width = canvas.height = size;
  const pen = canvas.getContext("2d")!;
  pen.strokeStyle = colour;
  pen.lineWidth = 1.6;
  for (const shift of [-size, 0, size]) { pen.beginPath(); pen.moveTo(shift, size); pen.lineTo(shift + size, 0); pen.stroke(); }
  return pen.getImageData(0, 0, size, size);
}

export class EventMap {
  private map: MapView;
  private ready: Promise<void>;
  private groups: Group[] = [];
  private counts: Uint32Array = new Uint32Array();
  private settled = 0;
  private cost = 0; // milliseconds that the last change took until it was drawn
  private drawn = true;
  /** Whether a change would come before the last one is drawn, or costs more than a moving hand can wait for. */
  get slow(): boolean { return !this.drawn || this.cost > 300; }
  private shapes = new Map<number, any>();
  private names = new Map<any, string>();
  constructor(box: HTMLElement, private world: World, told: { choose: (group: Group | null) => void; moved: (bounds: [number, number, number, number]) => void }) {
    this.map = new MapView({ container: box, style: style(world), center: [25, 20], zoom: 1.3, attributionControl: { compact: false }, dragRotate: false, pitchWithRotate: false, touchPitch: false, maxZoom: 11, renderWorldCopies: true, fadeDuration: 0 });
    this.map.on("error", (event) => console.warn("map", event.error?.message ?? event));
    this.map.touchZoomRotate.disableRotation();
    this.map.addControl(new NavigationControl({ showCompass: false }), "top-right");
    this.map.addControl(new ScaleControl({ maxWidth: 90 }), "bottom-left");
    this.ready = new Promise((resolve) => this.map.once("style.load", () => { this.map.addImage("hatch", hatch(colours().area)); resolve(); }));
    this.map.on("moveend", () => { const b = this.map.getBounds(); told.moved([b.getWest(), b.getSouth(), b.getEast(), b.getNorth()]); });
    const popup = new Popup({ closeButton: false, closeOnClick: false, className: "map-tip", maxWidth: "260px" });
    this.map.on("click", (event) => {
      const hit = this.map.queryRenderedFeatures(event.point, { layers: ["dots", "areas", "rings"] })[0];
      const cluster = hit?.properties["cluster_id"] as number | undefined;
      if (cluster !== undefined) {
        void this.source("dots").getClusterExpansionZoom(cluster).then((zoom) => this.map.easeTo({ center: (hit!.geometry as any).coordinates, zoom }));
        return;
      }
      told.choose(hit ? this.groups.find((group) => group.key === hit.properties["key"]) ?? null : null);
    });
    this.map.on("mousemove", (event) => {
      const hit = this.map.queryRenderedFeatures(event.point, { layers: ["dots", "areas", "rings"] })[0];
      this.map.getCanvas().style.cursor = hit ? "pointer" : "";
      if (hit?.properties["cluster"]) {
        popup.setLngLat(event.lngLat).setText(`${hit.properties["n"]} events in ${hit.properties["point_count"]} places: click to come nearer`).addTo(this.map);
        return;
      }
      const group = hit && this.groups.find((one) => one.key === hit.properties["key"]);
      if (!group) { popup.remove(); return; }
      popup.setLngLat(event.lngLat).setText(`${group.name}: ${this.counts[group.key]} event${this.counts[group.key] === 1 ? "" : "s"} (${group.precision}, ±${group.radius >= 10 ? group.radius.toFixed(0) : group.radius} km)`).addTo(this.map);
    });
  }
  private shapeOf(group: Group): any {
    let known = this.shapes.get(group.key);
    if (!known) {
      const area = areaAt(this.world, group.precision, group.lat, group.lon);
      known = area ? area.geometry : { type: "Polygon", coordinates: [circle(group.lat, group.lon, Math.max(0.3, group.radius))] };
      this.names.set(known, area ? area.properties.n ?? area.properties.a ?? group.name : group.name);
      this.shapes.set(group.key, known);
    }
    return known;
  }
  async show(groups: Group[], counts: Uint32Array): Promise<void> {
    this.groups = groups;
    this.counts = counts;
    await this.ready;
    const start = performance.now();
    this.drawn = false;
    this.map.once("idle", () => { this.cost = performance.now() - start; this.drawn = true; });
    const areas = new Map<any, { n: number; key: number; name: string }>(), dots = [], rings: unknown[] = [];
    for (const group of groups) {
      const n = counts[group.key] ?? 0;
      if (!n) continue;
      const shape = this.shapeOf(group);
      if (POINTS.has(group.precision)) {
        dots.push({ type: "Feature", properties: { key: group.key, n }, geometry: { type: "Point", coordinates: [group.lon, group.lat] } });
        rings.push({ type: "Feature", properties: { key: group.key }, geometry: shape });
      } else {
        const same = areas.get(shape);
        if (same) same.n += n;
        else areas.set(shape, { n, key: group.key, name: this.names.get(shape) ?? group.name });
      }
    }
    const most = Math.max(1, ...[...areas.values()].map((one) => one.n));
    const features = [...areas].map(([geometry, one]) => ({ type: "Feature", properties: { key: one.key, n: one.n, share: one.n / most, label: `${one.n} in ${one.name}` }, geometry }));
    const labels = features.map((one) => ({ ...one, geometry: { type: "Point", coordinates: centre(one.geometry.type === "Polygon" ? [one.geometry.coordinates] : one.geometry.coordinates) } }));
    dots.sort((a, b) => b.properties.n - a.properties.n);
    this.source("areas").setData(collection(features));
    this.source("labels").setData(collection(labels));
    this.source("dots").setData(collection(dots));
    clearTimeout(this.settled); // rings are many corners and seen from near only: they wait until the range stands still
    this.settled = setTimeout(() => this.source("rings")?.setData(collection(rings)), 250) as unknown as number;
  }
  async mark(group: Group | null): Promise<void> {
    await this.ready;
    this.source("on").setData(collection(group ? [{ type: "Feature", properties: {}, geometry: this.shapeOf(group) }] : []));
  }
  async fit(groups: Group[]): Promise<void> {
    await this.ready;
    const located = groups.filter((group) => group.precision !== "country" && group.precision !== "region"), all = located.length ? located : groups;
    if (!all.length) return;
    const bounds = new LngLatBounds();
    for (const group of all) {
      const box = areaAt(this.world, group.precision, group.lat, group.lon)?.box;
      const corners: [number, number][] = box ? [[box[0], box[1]], [box[2], box[3]]] : circle(group.lat, group.lon, Math.min(group.radius, 120), 8);
      for (const point of corners) bounds.extend(point);
    }
    this.map.fitBounds(bounds, { padding: 40, maxZoom: 6, animate: false });
  }
  recolour(): void {
    this.map.setStyle(style(this.world), { diff: false });
    this.map.once("styledata", () => { if (this.map.hasImage("hatch")) this.map.removeImage("hatch"); this.map.addImage("hatch", hatch(colours().area)); void this.show(this.groups, this.counts); });
  }
  resize(): void { this.map.resize(); }
  remove(): void { clearTimeout(this.settled); this.map.remove(); }
  private source(name: string): GeoJSONSource { return this.map.getSource(name) as GeoJSONSource; }
}

// A small map: outlines of neighbourhoods, the stops in order, and the officer. No tiles, so it works everywhere.

import { t } from "./dom.mjs";

const SVG = "http://www.w3.org/2000/svg";

/** @param {string} name @param {Record<string, string | number>} attributes @param {string} [text] */
function s(name, attributes, text) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  if (text) element.textContent = text;
  return element;
}

/**
 * @param {{ areas: { name: string, rings: number[][] }[] } | null} town
 * @param {{ lon: number, lat: number, label: string, kind: string }[]} points
 * @param {{ lon: number, lat: number } | null} own
 */
export function draw(town, points, own) {
  const all = own ? [...points, own] : points;
  const svg = s("svg", { class: "map", viewBox: "0 0 360 220", role: "img", "aria-label": t("map") });
  if (!all.length) return svg;
  const lat0 = all.reduce((sum, p) => sum + p.lat, 0) / all.length;
  const shrink = Math.cos((lat0 * Math.PI) / 180);
  const xs = all.map((p) => p.lon * shrink);
  const ys = all.map((p) => p.lat);
  const [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = Math.min(310 / Math.max(east - west, 0.004), 170 / Math.max(north - south, 0.004));
  const x = (/** @type {number} */ lon) => 180 + (lon * shrink - (west + east) / 2) * scale;
  const y = (/** @type {number} */ lat) => 110 - (lat - (south + north) / 2) * scale;
  for (const area of town?.areas ?? []) {
    for (const ring of area.rings) {
      let [lon, lat] = [0, 0];
      let path = "";
      for (let i = 0; i < ring.length; i += 2) {
        lon += ring[i];
        lat += ring[i + 1];
        path += `${i ? "L" : "M"}${x(lon / 1e5).toFixed(1)} ${y(lat / 1e5).toFixed(1)}`;
      }
      svg.append(s("path", { d: `${path}Z`, class: "area" }));
    }
  }
  const route = points.filter((p) => p.kind !== "issue").map((p) => `${x(p.lon).toFixed(1)},${y(p.lat).toFixed(1)}`);
  svg.append(s("polyline", { points: route.join(" "), class: "route" }));
  for (const point of [...points].reverse()) {
    const at = { cx: x(point.lon).toFixed(1), cy: y(point.lat).toFixed(1) };
    svg.append(s("circle", { ...at, r: point.kind === "issue" ? 4 : 11, class: `spot ${point.kind}` }));
    if (point.label) svg.append(s("text", { x: at.cx, y: Number(at.cy) + 5, class: `spot-text ${point.kind}` }, point.label));
  }
  if (own) svg.append(s("circle", { cx: x(own.lon).toFixed(1), cy: y(own.lat).toFixed(1), r: 7, class: "own" }));
  return svg;
}

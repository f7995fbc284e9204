// Numbers as people read them: thousands separated, shares of a whole, people counted.

import { formatNumber, type Viewer } from "./viewer.ts";

/** 10000 → "10,000". */
export const sayNumber = (count: number, viewer: Viewer = {}): string => formatNumber(count, {}, viewer);

/** "1 person", "812 people". */
export const sayPeople = (count: number, viewer: Viewer = {}): string =>
  `${sayNumber(count, viewer)} ${count === 1 ? "person" : "people"}`;

/** A share in whole percent; what is not all or nothing never looks like it: "<1%", ">99%". */
export function sayPercent(count: number, whole: number, viewer: Viewer = {}): string {
  const say = (share: number): string => formatNumber(share, { style: "percent" }, viewer);
  if (whole <= 0 || count <= 0) return say(0);
  const share = count / whole;
  if (share < 0.01) return `<${say(0.01)}`;
  if (share > 0.99 && count < whole) return `>${say(0.99)}`;
  return say(share);
}

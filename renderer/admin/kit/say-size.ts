// How big a file is, in words.

import { formatNumber } from "../../ui/viewer.ts";

/** "48 KB" */
export function saySize(bytes: number): string {
  const [number, unit] = bytes < 1_000_000 ? [Math.ceil(bytes / 1000), "KB"] : [bytes / 1_000_000, "MB"];
  return `${formatNumber(number, { maximumFractionDigits: 1 })} ${unit}`;
}

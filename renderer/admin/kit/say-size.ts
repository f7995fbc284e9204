// How big a file is, in words.

/** "48 KB" */
export function saySize(bytes: number): string {
  const [number, unit] = bytes < 1_000_000 ? [Math.ceil(bytes / 1000), "KB"] : [bytes / 1_000_000, "MB"];
  return `${new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 }).format(number)} ${unit}`;
}

// Numbers as people read them: thousands separated, shares of a whole, people counted.

const digits = new Intl.NumberFormat("en-US");

/** 10000 → "10,000". */
export const sayNumber = (count: number): string => digits.format(count);

/** "1 person", "812 people". */
export const sayPeople = (count: number): string =>
  `${sayNumber(count)} ${count === 1 ? "person" : "people"}`;

/** A share in whole percent; what is not all or nothing never looks like it: "<1%", ">99%". */
export function sayPercent(count: number, whole: number): string {
  if (whole <= 0 || count <= 0) return "0%";
  const percent = (count / whole) * 100;
  if (percent < 1) return "<1%";
  if (percent > 99 && count < whole) return ">99%";
  return `${Math.round(percent)}%`;
}

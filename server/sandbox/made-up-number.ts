// Made-up North American numbers, one for each person of a large account. Used by grow-list.
// The exchange 555 is nobody's; its lines 0100 to 0199 are left to the hand-made people of the demo.

/** All in use in the United States and Canada. */
const AREAS = [
  ...[205, 206, 212, 213, 214, 215, 216, 224, 226, 234, 239, 250, 267, 281, 289, 302, 303, 305, 312, 313],
  ...[314, 315, 317, 321, 330, 347, 352, 360, 403, 404, 407, 408, 410, 412, 414, 416, 418, 425, 437, 438],
  ...[450, 469, 503, 504, 506, 512, 514, 516, 519, 561, 571, 586, 602, 604, 613, 614, 617, 619, 626, 647],
];
/** Lines come in hundreds: 00 and 02 to 99. */
const HUNDREDS = 99;
/** Endings of each hundred that the simulator has nothing to say about: all but 01 to 06. */
const ORDINARY = 94;
const SLICES = 10;

/** Persons one account can have before its numbers run into the next account's: 55,836. */
export const NUMBERS_PER_ACCOUNT = (AREAS.length * HUNDREDS * ORDINARY) / SLICES;

/** `(416) 555-0207`: distinct for each person id of an account, never ending in 01 to 06. */
export function ordinaryNumber(accountId: number, personId: number): string {
  const place = (accountId % SLICES) * NUMBERS_PER_ACCOUNT + personId;
  const ending = place % ORDINARY;
  return format(Math.floor(place / ORDINARY), ending === 0 ? 0 : ending + 6);
}

/** Ends in `ending`, 1 to 6; distinct for each account and `nth`, for the first 594. */
export function tellingNumber(accountId: number, nth: number, ending: number): string {
  const perAccount = (AREAS.length * HUNDREDS) / SLICES;
  return format((accountId % SLICES) * perAccount + (nth % perAccount), ending);
}

function format(hundredth: number, ending: number): string {
  const area = AREAS[Math.floor(hundredth / HUNDREDS) % AREAS.length];
  const hundred = hundredth % HUNDREDS;
  const line = (hundred === 0 ? 0 : hundred + 1) * 100 + ending;
  return `(${area}) 555-${String(line).padStart(4, "0")}`;
}

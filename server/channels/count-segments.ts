// How many SMS segments a text costs, for display before it is sent. Pure (facts: Create a message, Segments).

export interface SegmentCount {
  readonly encoding: "GSM-7" | "UCS-2";
  readonly segments: number;
  /** In the encoding's own units: GSM-7 septets, UCS-2 code units. */
  readonly units: number;
}

/** 3GPP TS 23.038, the default alphabet; those of the extension table cost two. */
const BASIC = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
const EXTENDED = new Set("\f^{}\\[~]|€");
const SIZES = { "GSM-7": { alone: 160, joined: 153 }, "UCS-2": { alone: 70, joined: 67 } } as const;

/** An empty text counts as one segment of nothing: a carrier would still send it. */
export function countSegments(text: string): SegmentCount {
  const characters = [...text];
  const isGsm = characters.every((character) => BASIC.has(character) || EXTENDED.has(character));
  const encoding = isGsm ? "GSM-7" : "UCS-2";
  const costs = characters.map((character) => {
    if (isGsm) return EXTENDED.has(character) ? 2 : 1;
    return character.length;
  });
  const units = costs.reduce((sum, cost) => sum + cost, 0);
  const { alone, joined } = SIZES[encoding];
  return { encoding, units, segments: units <= alone ? 1 : pack(costs, joined) };
}

/** Neither an escaped character nor a surrogate pair is divided between two segments. */
function pack(costs: readonly number[], size: number): number {
  let segments = 1;
  let used = 0;
  for (const cost of costs) {
    if (used + cost > size) {
      segments += 1;
      used = 0;
    }
    used += cost;
  }
  return segments;
}

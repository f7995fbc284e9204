// The state or province of an address as a CRM keeps it: short or long name, any case, or only the postcode. Called by
// whoever asks the contact rules about a person whose address is known.
import regions from "../data/regions.json" with { type: "json" };
import type { Region } from "./number-tables.ts";

export interface AddressFacts {
  /** "FL", "Florida", "on", "Québec". */
  readonly state?: string | null;
  /** "33139", "33139-1234", "M5V 2T6". */
  readonly postcode?: string | null;
  /** "US", "USA", "Canada", …; where it is another country, nothing is told. */
  readonly country?: string | null;
}

const NAMES: ReadonlyMap<string, Region> = new Map(
  Object.entries(regions.names).flatMap(([region, name]) => [
    [plain(region.slice(3)), region],
    [plain(region), region],
    [plain(name), region],
  ]),
);

const ZIP_CODES: ReadonlyMap<number, Region> = new Map(
  Object.entries(regions.zip_codes).flatMap(([region, spans]) =>
    spans.split(" ").flatMap((span) => firstThrees(span).map((three): [number, Region] => [three, region])),
  ),
);

const POSTAL_CODES: Readonly<Record<string, string>> = regions.postal_codes;

/** undefined when the address does not say, or is in neither country. */
export function regionOfAddress({ state, postcode, country }: AddressFacts): Region | undefined {
  const land = country ? plain(country) : "";
  if (land !== "" && !/^(us|usa|unitedstates(ofamerica)?|ca|can|canada)$/.test(land)) return undefined;
  return NAMES.get(plain(state ?? "")) ?? ofPostcode((postcode ?? "").trim().toUpperCase());
}

function ofPostcode(postcode: string): Region | undefined {
  if (/^\d{5}(?:-?\d{4})?$/.test(postcode)) return ZIP_CODES.get(Number(postcode.slice(0, 3)));
  return /^[A-Z]\d[A-Z]/.test(postcode) ? POSTAL_CODES[postcode.slice(0, 1)] : undefined;
}

/** "350-369" or "344": the first three digits of ZIP codes. */
function firstThrees(span: string): number[] {
  const [from = 0, to = from] = span.split("-").map(Number);
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function plain(text: string): string {
  return text
    .normalize("NFD")
    .toLowerCase()
    .replace(/[^a-z]/g, "");
}

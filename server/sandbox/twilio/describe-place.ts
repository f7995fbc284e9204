// Where a North American number belongs, in the fields Twilio adds to what it sends. Used for calls and messages.

const PLACES: Readonly<Record<string, readonly [city: string, region: string, country: string]>> = {
  "212": ["NEW YORK", "NY", "US"],
  "416": ["TORONTO", "ON", "CA"],
  "647": ["TORONTO", "ON", "CA"],
  "905": ["HAMILTON", "ON", "CA"],
};

/** `FromCity`, `FromState`, `FromZip`, `FromCountry` for the prefix `From`; "" for what is not known. */
export function describePlace(prefix: string, number: string): Record<string, string> {
  const area = /^(?:whatsapp:)?\+1(\d{3})\d{7}$/.exec(number)?.[1];
  const [city, region, country] = PLACES[area ?? ""] ?? ["", "", area === undefined ? "" : "US"];
  return {
    [`${prefix}City`]: city,
    [`${prefix}State`]: region,
    [`${prefix}Zip`]: "",
    [`${prefix}Country`]: country,
  };
}

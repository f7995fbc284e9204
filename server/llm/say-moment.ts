// Date and time of day as a prompt tells them, so that "tomorrow" means something. Pure; called by write-prompt.

/** Like "Friday, November 20, 2026 at 10:05 AM (America/Toronto)"; UTC where the zone is null or unknown. */
export function sayMoment(at: number, zone: string | null): string {
  const timeZone = zone !== null && isZone(zone) ? zone : "UTC";
  const text = new Intl.DateTimeFormat("en-US", { dateStyle: "full", timeStyle: "short", timeZone }).format(
    at,
  );
  return `${text.replaceAll("\u202f", " ")} (${timeZone})`;
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

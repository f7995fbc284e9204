// Times as the browser's own field for date and time wants them: "2026-05-12T14:03" in the viewer's zone.

/** "" for what is no time. */
export function toLocal(iso: string | undefined): string {
  const ms = Date.parse(iso ?? "");
  if (!Number.isFinite(ms)) return "";
  return new Date(ms - new Date(ms).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** ISO 8601; null for an empty field. */
export const toIso = (local: string): string | null => (local === "" ? null : new Date(local).toISOString());

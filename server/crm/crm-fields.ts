// Fields as CRMs answer them, read tolerantly: what is missing or odd becomes null. Used by the CRMs' schemas and the
// embed context. Quirks are from live answers (flags as 0/1, null lists, tags as objects).
import { z } from "zod";

/** Whatever is there, or nothing at all. */
export const anything = z.unknown().optional();

/** Text, or null for everything that is no text or blank. */
export const textField = anything.transform((value) =>
  typeof value === "string" && value.trim() !== "" ? value : null,
);

/** true, 1, "1", "true" and any count above 0; null when nothing is said. */
export const flagField = anything.transform((value): boolean | null => {
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return value > 0;
  if (typeof value === "string" && value !== "") return value === "1" || value.toLowerCase() === "true";
  return null;
});

/** A list in which odd items are left out; a missing list is an empty one. */
export const listOf = <S extends z.ZodType>(item: S) =>
  anything.transform((value): z.output<S>[] =>
    (Array.isArray(value) ? value : []).flatMap((entry) => {
      const parsed = item.safeParse(entry);
      return parsed.success ? [parsed.data] : [];
    }),
  );

/** `name`, or the name of `{id, name}`: tags and stages come either way. */
export const nameField = z
  .union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)])
  .pipe(z.string().trim().min(1));

/** Epoch ms of an ISO 8601 text; null when nothing is said. */
export const timeField = anything.transform((value) => {
  const at = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? null : at;
});

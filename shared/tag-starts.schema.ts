// Tags that start outreach: which tag, over which channel, for what.
import { z } from "zod";
import { callTypeSchema, channelSchema } from "./values.ts";

/** Two tags are the same when only case and blanks tell them apart. */
export const plainTag = (tag: string): string => tag.trim().replace(/\s+/g, " ").toLowerCase();

export const tagStartSchema = z
  .strictObject({
    tag: z.string().trim().min(1).max(200),
    channel: channelSchema.default("phone"),
    call_type: callTypeSchema.default("informational"),
    instruction: z.string().trim().max(4000).default(""),
  })
  .refine(({ channel, call_type }) => channel !== "email" || call_type === "informational", {
    path: ["call_type"],
    message: "e-mail allows the type informational only",
  });
export type TagStart = z.output<typeof tagStartSchema>;

export const tagStartsSchema = z
  .array(tagStartSchema)
  .max(50)
  .refine(
    (rows) => new Set(rows.map(({ tag }) => plainTag(tag))).size === rows.length,
    "has the same tag twice",
  );

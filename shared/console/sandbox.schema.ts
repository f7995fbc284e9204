// GET and POST /api/sandbox : the practice Follow Up Boss ("Rehearse") and its practice brokerage.
import { z } from "zod";

/** Slug of the practice brokerage; real brokerages cannot be called so while the sandbox runs. */
export const PRACTICE_TENANT = "practice";

export const sandboxSchema = z.object({
  state: z.enum(["stopped", "starting", "running", "stopping", "failed"]),
  sentence: z.string(),
  /** Slug of the practice brokerage; null while there is none. */
  tenant: z.string().nullable(),
  /** First page of the pretend Follow Up Boss; null while stopped. */
  url: z.string().nullable(),
  started_at: z.iso.datetime().nullable(),
  /** Where to go in it, as whom. */
  pages: z.array(z.object({ title: z.string(), sentence: z.string(), url: z.string() })),
  /** What the pretend Follow Up Boss shows under Admin, to be typed in while practising; none of it opens anything real. */
  practice_values: z.array(z.object({ label: z.string(), text: z.string() })),
});
export type SandboxState = z.infer<typeof sandboxSchema>;

/** `ready`: with the agents and keys already entered; else an empty practice brokerage to be set up by hand. */
export const sandboxCommandSchema = z.strictObject({
  action: z.enum(["start", "stop"]),
  track: z.enum(["A", "B"]).default("A"),
  ready: z.boolean().default(true),
});
export type SandboxCommand = z.input<typeof sandboxCommandSchema>;

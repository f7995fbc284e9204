// GET /api/tunnel and POST /api/tunnel/{restart,test,embeds-changed}: how the internet reaches this gateway right now.
import { z } from "zod";
import { tunnelKindSchema } from "../tunnel-settings.schema.ts";

export const TUNNEL_PHASES = ["off", "opening", "checking", "up", "waiting"] as const;

export const troubleSchema = z.object({ code: z.string(), sentence: z.string(), remedy: z.string() });

/** What asking the public address from outside in came to. */
export const addressTestSchema = z.object({
  at: z.iso.datetime(),
  url: z.string().nullable(),
  ok: z.boolean(),
  sentence: z.string(),
  remedy: z.string().nullable(),
  /** Time of the answer in ms; null where there was none. */
  ms: z.number().nullable(),
});
export type AddressTest = z.infer<typeof addressTestSchema>;

export const tunnelViewSchema = z.object({
  kind: tunnelKindSchema,
  /**
   * off: none is wanted. opening: no address yet. checking: an address that is not proven yet. up: proven. waiting: will be
   * opened again at `retry_at`.
   */
  phase: z.enum(TUNNEL_PHASES),
  /** Address the tunnel gave, proven in this run; null while there is none. */
  url: z.string().nullable(),
  /** Since when the phase lasts; null while off. */
  since: z.iso.datetime().nullable(),
  /** Openings in a row that did not hold. */
  tries: z.number(),
  retry_at: z.iso.datetime().nullable(),
  /** Of the tunnel; without one, why programs on this computer need a key though an own address is set. */
  trouble: troubleSchema.nullable(),
  last_test: addressTestSchema.nullable(),
  /** Last lines the program printed, without secrets. */
  output: z.array(z.string()),
  /** The address in force, whoever gives it; null: none. */
  address: z.string().nullable(),
  /** Who gives it: SERVER_URL as the environment fixes it, the tunnel, or the setting SERVER_URL. */
  from: z.enum(["environment", "tunnel", "setting"]).nullable(),
  /** Whether the address stays the same from start to start. */
  stable: z.boolean(),
  /** Apps in the CRM may still point at an earlier address; null: nothing known. */
  moved: z.object({ from: z.string(), at: z.iso.datetime(), tenants: z.array(z.string()) }).nullable(),
});
export type TunnelView = z.infer<typeof tunnelViewSchema>;

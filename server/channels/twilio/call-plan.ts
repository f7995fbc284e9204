// How one try of a call is to go. Decided once, stored before Twilio is asked, so that whoever reads the call's story later
// reads it as it was meant, whatever the settings are by then.
import { z } from "zod";

export const callPlanSchema = z.object({
  attempt: z.number(),
  /**
   * bridge: the agent's phone rings first, then the contact's. announcement: the contact is called and a text is spoken.
   * conversation: the contact is called and whoever drives `speech` talks.
   */
  mode: z.enum(["bridge", "announcement", "conversation"]),
  /** Over WhatsApp rather than the telephone network: the contact's leg, that is. */
  whatsapp: z.boolean(),
  /** Twilio can call the gateway; else everything is asked for. */
  callbacks: z.boolean(),
  /** Of the call that is placed: the agent's phone in a bridge. E.164. */
  to: z.string(),
  from: z.string(),
  /** What the contact sees. */
  callerId: z.string(),
  contact: z.string(),
  ringSeconds: z.number(),
  /** Said to the contact before a recorded call; null: not recorded. */
  notice: z.string().nullable(),
  /** Left on the contact's voicemail; empty: nothing. */
  voicemail: z.string(),
  /** Spoken to a person in an announcement. */
  announcement: z.string(),
  /** What somebody should know about the choices made (own caller ID not verified, not recorded), in words. */
  remarks: z.array(z.string()),
});
export type CallPlan = z.infer<typeof callPlanSchema>;
